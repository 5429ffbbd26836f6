/** How long a server may take to begin an answer. */
const PATIENCE_MS = 60_000;

/** The same as `ask`, but gives up on a server that takes a request and never answers; what has begun may take its time. */
export function patientFetch(ask: typeof fetch, patienceMs = PATIENCE_MS): typeof fetch {
  return async (input, init) => {
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), patienceMs);
    try {
      return await ask(input, { ...init, signal: ending.signal });
    } finally {
      clearTimeout(timer);
    }
  };
}
