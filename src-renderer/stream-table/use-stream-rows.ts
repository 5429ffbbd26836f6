import { useDeferredValue, useMemo, useState } from 'react';
import type { StreamView, WallView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { useMirror, useNow, usePreference, useScreen } from '../stores/control-context.tsx';
import { filterStreams, listedBy, type FilteredStreams, type StreamFilter } from './filter-streams.ts';
import { createKeptOrder } from './keep-order.ts';
import { orderStreams } from './order-streams.ts';
import { createStreamSearch } from './search-streams.ts';
import { sortStreams } from './sort-streams.ts';

/** All streams that are listed, in the order of the list. */
export function useOrderedStreams(): readonly StreamView[] {
  const streams = useMirror((mirror) => mirror.streams);
  return useMemo(() => orderStreams(streams.values()), [streams]);
}

/** Where a stream is on the wall, as the list marks it. */
export type WallMark = Readonly<{ at: 'wall' | 'bench'; heard: boolean; blurred: boolean }>;

/** How many each filter lists; null where they are not counted unless one looks. */
export type FilterCounts = Readonly<Record<StreamFilter, number | null>>;

export type StreamRows = Readonly<{
  rows: readonly StreamView[];
  counts: FilterCounts;
  marks: ReadonlyMap<StreamId, WallMark>;
}>;

/**
 * What the list shows now: the streams that pass the filter and the search. It follows a moment after what is typed and
 * what others edit, so that a key is never kept waiting by ten thousand rows.
 */
export function useStreamRows(): StreamRows {
  const streams = useDeferredValue(useMirror((mirror) => mirror.streams));
  const wall = useMirror((mirror) => mirror.wall);
  const text = useDeferredValue(useScreen((screen) => screen.search));
  const filter = useScreen((screen) => screen.filter);
  const sort = usePreference('sort');
  const now = useNow(60_000);
  const [search] = useState(createStreamSearch);
  const [keepOrder] = useState(createKeptOrder);
  const ordered = useMemo(() => keepOrder(streams), [keepOrder, streams]);
  const marks = useMemo(() => wallMarks(wall), [wall]);
  const filtered = useMemo(() => {
    const onWall = new Set([...marks].filter(([, mark]) => mark.at === 'wall').map(([id]) => id));
    return filterStreams(ordered, onWall, now);
  }, [ordered, marks, now]);
  const listed = useMemo(() => sortStreams(listedBy(filtered, filter), sort), [filtered, filter, sort]);
  const rows = useMemo(() => search(listed, text), [search, listed, text]);
  const counts = useMemo(() => countAll(filtered, filter), [filtered, filter]);
  return { rows, counts, marks };
}

function countAll(filtered: FilteredStreams, filter: StreamFilter): FilterCounts {
  const { twins, ...rest } = filtered;
  return {
    all: rest.all.length,
    live: rest.live.length,
    wall: rest.wall.length,
    new: rest.new.length,
    pinned: rest.pinned.length,
    archived: rest.archived.length,
    ignored: rest.ignored.length,
    twins: filter === 'twins' ? twins().length : null,
  };
}

function wallMarks(wall: WallView): ReadonlyMap<StreamId, WallMark> {
  const mark = (at: WallMark['at']) => (tile: WallView['tiles'][number]) =>
    [tile.stream, { at, heard: tile.heard, blurred: tile.blurred }] as const;
  // A stream in several tiles is marked by the one on the wall.
  return new Map([...wall.bench.map(mark('bench')), ...wall.tiles.map(mark('wall'))]);
}
