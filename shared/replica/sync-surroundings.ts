/** What a sync client is given by the program around it. */

/** A key or signed token, or a ticket for this one connection. */
export type SyncPass = { readonly token: string } | { readonly ticket: string };

/** How a pass is shown when a WebSocket is opened: `query` goes into the address, anything else is the class's own affair. */
export type SocketOpener = (pass: SyncPass) => {
  readonly webSocket: typeof WebSocket;
  readonly query: Readonly<Record<string, string>>;
};

export type SyncTimers = {
  /** @returns how to call it off */
  readonly after: (ms: number, task: () => void) => () => void;
};

/** @returns undefined when there is none to be had now */
export async function askForPass(credentials: () => Promise<SyncPass>): Promise<SyncPass | undefined> {
  try {
    return await credentials();
  } catch {
    return undefined;
  }
}

const FIRST_MS = 300;
const LAST_MS = 15_000;

/**
 * How long to wait before the next try. Spread over half of it, so that a server that comes back is not met by everybody at once.
 * @param failures how many tries in a row came to nothing
 * @param random in [0, 1)
 */
export function retryDelayMs(failures: number, random: number): number {
  const full = Math.min(LAST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return full * (0.5 + random / 2);
}
