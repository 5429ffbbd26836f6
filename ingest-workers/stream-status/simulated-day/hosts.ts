import { hostLimits, type World } from './world.ts';

/** What a request meets at a host, before anything is said of streams. */
export type Meeting = 'answer' | 'down' | 'blocked' | 'hang' | 'limited';

/** The hosts of the day as one checker meets them: everybody has limits of their own. */
export type SimulatedHosts = {
  readonly meet: (host: string, at: number) => Meeting;
  readonly requests: () => ReadonlyMap<string, number>;
};

const WINDOW_MS = 60_000;

export function createHosts({ troubles }: World): SimulatedHosts {
  const counts = new Map<string, number>();
  const windows = new Map<string, { from: number; count: number }>();
  return {
    meet(host, at) {
      counts.set(host, (counts.get(host) ?? 0) + 1);
      const trouble = troubles.get(host)?.find(({ from, to }) => at >= from && at < to);
      if (trouble !== undefined) return trouble.kind;
      let window = windows.get(host);
      if (window === undefined || at - window.from >= WINDOW_MS)
        windows.set(host, (window = { from: at, count: 0 }));
      window.count += 1;
      return window.count > (hostLimits.get(host) ?? 600) ? 'limited' : 'answer';
    },
    requests: () => counts,
  };
}
