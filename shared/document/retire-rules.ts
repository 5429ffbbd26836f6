import { stampMs } from '../kernel/stamp.ts';
import type { StreamId } from '../model/ids.ts';
import type { StoredRecord } from './stored-value.ts';
import type { EventView, StreamView } from './view.ts';

/** What decides whether something is still current. Times in ms. */
export type RetireRules = {
  readonly nowMs: number;
  /** Streams that must stay whatever they are: those on a wall. By the ids that they are shown by. */
  readonly isNeeded: (id: StreamId) => boolean;
  /** How long a stream stays after the last that was heard of it. */
  readonly streamMs: number;
  readonly eventMs: number;
};

const DAY_MS = 86_400_000;

export function retireRules(nowMs: number, isNeeded: RetireRules['isNeeded'] = () => false): RetireRules {
  return { nowMs, isNeeded, streamMs: 8 * DAY_MS, eventMs: 30 * DAY_MS };
}

/**
 * Whether a stream has been over for long enough to leave for the archive. Never one that is live or to come, that somebody
 * pinned or that is on a wall, and never cameras and layers that nobody checks. One that a person put away goes at once.
 */
export function isStreamOver(
  view: StreamView,
  records: readonly StoredRecord[],
  rules: RetireRules,
): boolean {
  if (view.pinned === true || rules.isNeeded(view.id)) return false;
  if (view.archived === true) return true;
  if (view.status === 'live' || view.status === 'upcoming') return false;
  if (view.noCheck === true || view.kind === 'background' || view.kind === 'overlay') return false;
  const { lastLiveAt = 0, endedAt = 0, statusAt = 0, addedAt } = view;
  const last = Math.max(addedAt, lastLiveAt, endedAt, statusAt, ...records.map(lastWriteMs));
  return rules.nowMs - last >= rules.streamMs;
}

export function isEventOver(view: EventView, record: StoredRecord, rules: RetireRules): boolean {
  return rules.nowMs - Math.max(view.at, lastWriteMs(record)) >= rules.eventMs;
}

/** Whether a record that is not shown, because it cannot be read, is old enough to leave with the others. */
export function isForgotten(record: StoredRecord, rules: RetireRules): boolean {
  return rules.nowMs - lastWriteMs(record) >= rules.streamMs;
}

/** When a record was last written to, by the word of its writers. */
function lastWriteMs({ births, fields }: StoredRecord): number {
  const stamps = [...births, ...Object.values(fields).map(({ stamp }) => stamp)];
  return Math.max(...stamps.map(stampMs));
}
