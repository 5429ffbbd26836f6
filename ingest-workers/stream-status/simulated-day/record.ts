import type { StreamId } from '#shared/model/ids.ts';
import type { StreamStatus } from '#shared/model/stream.ts';
import { isLive, type SimulatedStream, type World } from './world.ts';

export type Shown = Readonly<{ at: number; status: StreamStatus }>;

/** What somebody showed of every stream, change by change. */
export type DayRecord = {
  readonly show: (id: StreamId, status: StreamStatus, at: number) => void;
  readonly shownAt: (id: StreamId) => StreamStatus;
  readonly of: (id: StreamId) => readonly Shown[];
  readonly changes: () => number;
};

/** Everybody begins the day knowing the truth, so that nobody is better for having begun. */
export function createRecord({ streams }: World): DayRecord {
  const shown = new Map<StreamId, Shown[]>(
    streams.map((stream): [StreamId, Shown[]] => [
      stream.subject.id,
      [{ at: 0, status: firstStatus(stream) }],
    ]),
  );
  let changes = 0;
  const of = (id: StreamId) => shown.get(id) ?? [];
  return {
    of,
    shownAt: (id) => of(id).at(-1)?.status ?? 'unknown',
    show(id, status, at) {
      if (of(id).at(-1)?.status === status) return;
      shown.get(id)?.push({ at, status });
      changes += 1;
    },
    changes: () => changes,
  };
}

export const firstStatus = (stream: SimulatedStream): StreamStatus =>
  isLive(stream, 0) ? 'live' : 'offline';
