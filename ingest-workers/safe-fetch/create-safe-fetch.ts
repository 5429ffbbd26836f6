import { lookup } from 'node:dns/promises';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Result } from '#shared/kernel/result.ts';
import { readLocalAddresses } from './check-address.ts';
import type { FetchAnswer, FetchFailure, FetchRequest, SafeFetch } from './fetch-types.ts';
import { followHops } from './follow-hops.ts';
import { createHttpsDoor } from './https-request.ts';
import { createKeptAnswers } from './kept-answers.ts';
import { createPublicLookup, type Resolve } from './public-lookup.ts';

export type SafeFetchOptions = Readonly<{
  clock: Clock;
  /** Says who asks, unless a request says otherwise. */
  userAgent?: string;
  /** Origins of this machine and its network that the owner has named: `http://192.168.1.20:8080`. */
  localOrigins?: readonly string[];
  /** Public hosts that a server on this machine plays: `{ 'www.tiktok.com': 'http://127.0.0.1:4000' }`. */
  standIns?: Readonly<Record<string, string>>;
  resolve?: Resolve;
  /** A certificate authority to trust in place of the usual ones, PEM. */
  ca?: string;
  maxKept?: number;
  maxKeptCharacters?: number;
}>;

/**
 * The one way in which the ingest workers ask the web for something:
 *
 *     const web = createSafeFetch({ clock });
 *     const answer = await web.fetch({ url, allowHost: (host) => host.endsWith('.tiktok.com'), keepMs: 60_000 });
 *
 * Throws if `localOrigins` or `standIns` hold what is no origin. `close` ends kept connections.
 */
export function createSafeFetch(options: SafeFetchOptions): {
  readonly fetch: SafeFetch;
  readonly close: () => void;
} {
  const {
    clock,
    userAgent = 'Mozilla/5.0 (compatible; Streamwall/0.1)',
    resolve = resolveWithSystem,
  } = options;
  const local = readLocalAddresses(options.localOrigins ?? [], options.standIns ?? {});
  const door = createHttpsDoor(createPublicLookup(resolve), options.ca);
  const kept = createKeptAnswers(options.maxKept ?? 2000, options.maxKeptCharacters ?? 32 * 1024 * 1024);
  const underWay = new Map<string, Promise<Result<FetchAnswer, FetchFailure>>>();
  const ask: SafeFetch = (request) => followHops(request, { clock, userAgent, local, door });

  const askOnce: SafeFetch = (request) => {
    const keepMs = request.keepMs ?? 0;
    if (keepMs <= 0 || request.method === 'POST' || request.signal !== undefined) return ask(request);
    const key = keyOf(request);
    const known = kept.find(key, keepMs, clock.nowMs());
    if (known !== undefined && isAllowed(known, request)) return Promise.resolve(known);
    const running = underWay.get(key);
    if (running !== undefined)
      return running.then((outcome) => (isAllowed(outcome, request) ? outcome : ask(request)));
    const asking = ask(request).then((outcome) => {
      underWay.delete(key);
      kept.keep(key, outcome, clock.nowMs());
      return outcome;
    });
    underWay.set(key, asking);
    return asking;
  };
  return { fetch: askOnce, close: door.close };
}

/** All that an answer depends on, but for functions, whose verdict on a kept answer is asked for again. */
function keyOf({
  allowHost,
  stopAt,
  keepMs: _keepMs,
  timeoutMs: _timeoutMs,
  signal: _signal,
  ...rest
}: FetchRequest) {
  return JSON.stringify([rest, allowHost !== undefined, stopAt !== undefined]);
}

function isAllowed(outcome: Result<FetchAnswer, FetchFailure>, { allowHost, stopAt }: FetchRequest): boolean {
  const { hops } = outcome.ok ? outcome.value : outcome.error;
  if (stopAt !== undefined && hops.slice(1, -1).some((hop) => stopAt(new URL(hop)))) return false;
  return (
    allowHost === undefined || hops.every((hop) => !URL.canParse(hop) || allowHost(new URL(hop).hostname))
  );
}

const resolveWithSystem: Resolve = (hostname) => lookup(hostname, { all: true });
