import type { Clock } from '#shared/kernel/clock.ts';
import type { RoomWatch } from '../documents/room-parts.ts';
import type { RequestWatch } from '../gateway/request-log.ts';

/** What happened in some seconds, and how things stood at their end. */
export type ActivitySample = {
  readonly atMs: number;
  readonly connections: number;
  readonly documents: number;
  readonly memoryBytes: number;
  /** Edits that were stored and refused, requests that were answered and those that failed, since the sample before. */
  readonly edits: number;
  readonly refusedEdits: number;
  readonly requests: number;
  readonly failedRequests: number;
};

/** The last hour of this instance, for people who look at it. */
export type RecentActivity = {
  readonly room: RoomWatch;
  readonly request: RequestWatch;
  /** To be called every `SAMPLE_MS`. */
  readonly sample: () => void;
  /** The oldest first. */
  readonly samples: () => readonly ActivitySample[];
};

export const SAMPLE_MS = 10_000;
const KEPT = 360;
const NOTHING = { edits: 0, refusedEdits: 0, requests: 0, failedRequests: 0 };

type Parts = {
  readonly clock: Clock;
  readonly connections: () => number;
  readonly documents: () => number;
  readonly memoryBytes: () => number;
};

export function createRecentActivity({ clock, connections, documents, memoryBytes }: Parts): RecentActivity {
  const kept: ActivitySample[] = [];
  let counts = { ...NOTHING };
  return {
    room: {
      told: () => undefined,
      committed: (updates) => (counts.edits += updates),
      refused: () => (counts.refusedEdits += 1),
    },
    request: {
      answered: (_route, status) => {
        counts.requests += 1;
        if (status >= 500) counts.failedRequests += 1;
      },
    },
    sample: () => {
      const now = { connections: connections(), documents: documents(), memoryBytes: memoryBytes() };
      kept.push({ atMs: clock.nowMs(), ...now, ...counts });
      if (kept.length > KEPT) kept.shift();
      counts = { ...NOTHING };
    },
    samples: () => [...kept],
  };
}
