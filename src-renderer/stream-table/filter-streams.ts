import type { StreamView } from '#shared/document/view.ts';
import { findTwins } from './find-twins.ts';

/** Which streams the list shows. */
export const STREAM_FILTERS = [
  'all',
  'live',
  'wall',
  'new',
  'pinned',
  'archived',
  'ignored',
  'twins',
] as const;
export type StreamFilter = (typeof STREAM_FILTERS)[number];

export type FilteredStreams = Readonly<Record<StreamFilter, readonly StreamView[]>>;

/** So long a stream is new. */
const NEW_MS = 60 * 60 * 1000;

/**
 * Every filter's streams, each in the order of `ordered`. What was refused or archived is in no other filter than its own.
 * @param ordered all streams, archived ones too
 */
export function filterStreams(
  ordered: readonly StreamView[],
  onWall: ReadonlySet<string>,
  nowMs: number,
): FilteredStreams {
  const archived = ordered.filter((stream) => stream.archived === true);
  const ignored = ordered.filter((stream) => stream.archived !== true && stream.moderation === 'refused');
  const all = ordered.filter((stream) => stream.archived !== true && stream.moderation !== 'refused');
  return {
    all,
    live: all.filter((stream) => stream.status === 'live'),
    wall: all.filter((stream) => onWall.has(stream.id)),
    new: all.filter((stream) => stream.moderation === 'waiting' || nowMs - stream.addedAt < NEW_MS),
    pinned: all.filter((stream) => stream.pinned === true),
    archived,
    ignored,
    twins: findTwins(all),
  };
}
