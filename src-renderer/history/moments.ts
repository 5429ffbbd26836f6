import type { WallView } from '#shared/document/view.ts';
import type { StreamStep } from './undo-in-list.ts';
import type { RuleMove } from '../rules/rule-moves.ts';

/** Something that happened, and the wall as it was just before. */
export type Moment = Readonly<{
  id: number;
  atMs: number;
  words: string;
  /** Whether it was done at this screen. */
  mine: boolean;
  /** What rules did, if it was rules. */
  byRules?: readonly RuleMove[];
  before: WallView;
  after: WallView;
  /** What became of streams of the list. */
  streams: readonly StreamStep[];
}>;

const MAX_MOMENTS = 500;
/** What is said again within this time is one thing that goes on, as a slider that is pulled. */
const SAME_MS = 4_000;

/** Of more streams at once the first can be put back as they were. */
export const MOST_STREAMS = 500;

/** Newest first. What goes on keeps the wall from before it began. */
export function withMoment(moments: readonly Moment[], next: Moment): readonly Moment[] {
  const [last] = moments;
  if (
    last !== undefined &&
    last.words === next.words &&
    last.mine === next.mine &&
    next.byRules === undefined &&
    next.atMs - last.atMs < SAME_MS
  ) {
    const streams = [...last.streams, ...next.streams].slice(0, MOST_STREAMS);
    return [{ ...last, atMs: next.atMs, after: next.after, streams }, ...moments.slice(1)];
  }
  return [next, ...moments].slice(0, MAX_MOMENTS);
}
