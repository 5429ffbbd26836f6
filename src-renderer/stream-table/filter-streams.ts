import type { StreamView } from '#shared/document/view.ts';
import { findTwins } from './find-twins.ts';

/** Which streams the list shows. */
export const STREAM_FILTERS = [
  'all',
  'live',
  'wall',
  'new',
  'waiting',
  'pinned',
  'archived',
  'ignored',
  'twins',
] as const;
export type StreamFilter = (typeof STREAM_FILTERS)[number];

export type FilteredStreams = Readonly<
  Record<Exclude<StreamFilter, 'twins'>, readonly StreamView[]> & {
    /** Looked for only when asked: it compares all with all. */
    twins: () => readonly StreamView[];
  }
>;

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
  const all: StreamView[] = [];
  const live: StreamView[] = [];
  const wall: StreamView[] = [];
  const fresh: StreamView[] = [];
  const waiting: StreamView[] = [];
  const pinned: StreamView[] = [];
  const archived: StreamView[] = [];
  const ignored: StreamView[] = [];
  for (const stream of ordered) {
    if (stream.archived === true) archived.push(stream);
    else if (stream.moderation === 'refused') ignored.push(stream);
    else {
      all.push(stream);
      if (stream.status === 'live') live.push(stream);
      if (onWall.has(stream.id)) wall.push(stream);
      if (stream.moderation === 'waiting' || nowMs - stream.addedAt < NEW_MS) fresh.push(stream);
      if (stream.moderation === 'waiting') waiting.push(stream);
      if (stream.pinned === true) pinned.push(stream);
    }
  }
  let twins: readonly StreamView[] | undefined;
  return {
    ...{ all, live, wall, new: fresh, waiting, pinned, archived, ignored },
    twins: () => (twins ??= findTwins(all)),
  };
}

export function listedBy(filtered: FilteredStreams, filter: StreamFilter): readonly StreamView[] {
  return filter === 'twins' ? filtered.twins() : filtered[filter];
}
