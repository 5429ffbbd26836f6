import { useMemo } from 'react';
import type { StreamView, WallView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { useMirror, useNow, usePreference, useScreen } from '../stores/control-context.tsx';
import { filterStreams, STREAM_FILTERS, type StreamFilter } from './filter-streams.ts';
import { compareStreams, orderStreams } from './order-streams.ts';
import { createStreamSearch } from './search-streams.ts';
import { sortStreams } from './sort-streams.ts';

/** All streams that are listed, in the order of the list. */
export function useOrderedStreams(): readonly StreamView[] {
  const streams = useMirror((mirror) => mirror.streams);
  return useMemo(() => orderStreams(streams.values()), [streams]);
}

/** Where a stream is on the wall, as the list marks it. */
export type WallMark = Readonly<{ at: 'wall' | 'bench'; heard: boolean; blurred: boolean }>;

export type StreamRows = Readonly<{
  rows: readonly StreamView[];
  counts: Readonly<Record<StreamFilter, number>>;
  marks: ReadonlyMap<StreamId, WallMark>;
}>;

/** What the list shows now: the streams that pass the filter and the search. */
export function useStreamRows(): StreamRows {
  const streams = useMirror((mirror) => mirror.streams);
  const wall = useMirror((mirror) => mirror.wall);
  const text = useScreen((screen) => screen.search);
  const filter = useScreen((screen) => screen.filter);
  const sort = usePreference('sort');
  const now = useNow(60_000);
  const search = useMemo(() => createStreamSearch(), []);
  const ordered = useMemo(() => [...streams.values()].sort(compareStreams), [streams]);
  const marks = useMemo(() => wallMarks(wall), [wall]);
  const filtered = useMemo(() => {
    const onWall = new Set([...marks].filter(([, mark]) => mark.at === 'wall').map(([id]) => id));
    return filterStreams(ordered, onWall, now);
  }, [ordered, marks, now]);
  const listed = useMemo(() => sortStreams(filtered[filter], sort), [filtered, filter, sort]);
  const rows = useMemo(() => search(listed, text), [search, listed, text]);
  const counts = useMemo(
    () =>
      Object.fromEntries(STREAM_FILTERS.map((one) => [one, filtered[one].length])) as Record<
        StreamFilter,
        number
      >,
    [filtered],
  );
  return { rows, counts, marks };
}

function wallMarks(wall: WallView): ReadonlyMap<StreamId, WallMark> {
  const mark = (at: WallMark['at']) => (tile: WallView['tiles'][number]) =>
    [tile.stream, { at, heard: tile.heard, blurred: tile.blurred }] as const;
  // A stream in several tiles is marked by the one on the wall.
  return new Map([...wall.bench.map(mark('bench')), ...wall.tiles.map(mark('wall'))]);
}
