import type { StreamId } from '../model/ids.ts';
import { noteReads, type StreamRead, type WorkerPresence } from '../protocol/worker-presence.ts';
import type { SyncTimers } from './sync-surroundings.ts';

/** How many watch a stream, as a platform said lately; null: that is not known any more. */
export type ViewerCount = readonly [stream: StreamId, viewers: number | null];

export type ViewerCounts = {
  readonly now: () => readonly ViewerCount[];
  /** Somebody may show something new. It is looked at soon, however often this is called. */
  readonly hint: () => void;
  readonly stop: () => void;
};

/** Presence moves all the time; numbers that a person reads need not. */
const LOOK_MS = 1_500;

/**
 * Follows what checkers show of how many watch. Nothing of it is in a document: it ticks, and whoever is not connected does
 * without.
 * @param states what each of them shows now
 * @param tell told what is another than before, and nothing else
 */
export function followViewers(parts: {
  readonly timers: SyncTimers;
  readonly nowMs: () => number;
  readonly states: () => Iterable<WorkerPresence>;
  readonly tell: (changed: readonly ViewerCount[]) => void;
}): ViewerCounts {
  let reads: ReadonlyMap<StreamId, StreamRead> = new Map();
  let callOff: (() => void) | undefined;
  const look = (): void => {
    callOff = undefined;
    const before = reads;
    reads = noteReads(before, parts.states(), parts.nowMs());
    const changed = changedCounts(before, reads);
    if (changed.length > 0) parts.tell(changed);
  };
  return {
    now: () => changedCounts(new Map(), reads),
    hint: () => {
      callOff ??= parts.timers.after(LOOK_MS, look);
    },
    stop: () => callOff?.(),
  };
}

function changedCounts(
  before: ReadonlyMap<StreamId, StreamRead>,
  after: ReadonlyMap<StreamId, StreamRead>,
): readonly ViewerCount[] {
  if (before === after) return [];
  const counts: ViewerCount[] = [];
  for (const [id, { viewers }] of after)
    if (before.get(id)?.viewers !== viewers) counts.push([id, viewers ?? null]);
  for (const [id, { viewers }] of before)
    if (viewers !== undefined && !after.has(id)) counts.push([id, null]);
  return counts;
}
