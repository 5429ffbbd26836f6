import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { StreamView, WallView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { useControl, useMirror, useNow, usePreference, useScreen } from '../stores/control-context.tsx';
import type { ControlMirror } from '../stores/control-mirror.ts';
import { groupBursts, pageTiming } from '../stores/group-bursts.ts';
import { isAnswering } from '../stores/screen-store.ts';
import { filterStreams, listedBy, type FilteredStreams, type StreamFilter } from './filter-streams.ts';
import { createLag } from './follow-lag.ts';
import { createKeptOrder } from './keep-order.ts';
import { orderStreams } from './order-streams.ts';
import { createStreamSearch, type StreamSearch } from './search-streams.ts';
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

/** What the list is made of. Whatever is in here may be a moment behind what is typed and what others edit. */
export type ListedBy = Readonly<{ streams: ControlMirror['streams']; text: string }>;

/** While others edit without a pause, the list follows them this often. */
const FOLLOW_MS = 32;
/** While somebody types here, keys come before what others edit. */
const FOLLOW_TYPING_MS = 120;
/** So long after a key there may be another one. */
const TYPING_MS = 400;

/**
 * The streams and the search that the list shows. Both follow after what is typed, and streams that others edit come in
 * handfuls, so that a key is never kept waiting by ten thousand rows. What was done at this screen is shown at once.
 */
export function useListed(): ListedBy {
  const { mirror, screen } = useControl();
  const [streams, setStreams] = useState(() => mirror.getState().streams);
  const shown = useDeferredValue(streams);
  const [lag] = useState(createLag);
  useEffect(() => lag.shown(pageTiming.nowMs()), [lag, shown]);
  useEffect(() => {
    let followed = mirror.getState().streams;
    const follow = (): void => {
      const { streams: latest } = mirror.getState();
      if (latest === followed) return;
      followed = latest;
      lag.asked(pageTiming.nowMs());
      setStreams(latest);
    };
    let keyAtMs = Number.NEGATIVE_INFINITY;
    const noteKey = (): void => void (keyAtMs = pageTiming.nowMs());
    const isTyping = (): boolean => pageTiming.nowMs() - keyAtMs < TYPING_MS;
    const pauseMs = (): number =>
      Math.max(isTyping() ? FOLLOW_TYPING_MS : FOLLOW_MS, lag.pauseMs(pageTiming.nowMs()));
    const handful = groupBursts<null>(follow, pageTiming, pauseMs);
    setStreams(followed);
    window.addEventListener('keydown', noteKey, { capture: true });
    const stop = mirror.subscribe((after, before) => {
      if (after.streams === before.streams) return;
      if (isAnswering(screen.getState(), Date.now())) follow();
      else handful(null);
    });
    return () => {
      stop();
      window.removeEventListener('keydown', noteKey, { capture: true });
    };
  }, [mirror, screen, lag]);
  const text = useScreen((state) => state.search);
  return { streams: shown, text: useDeferredValue(text) };
}

/** What the list shows now: the streams that pass the filter and the search. */
export function useStreamRows({ streams, text }: ListedBy): StreamRows {
  const wall = useMirror((mirror) => mirror.wall);
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
  // Numbers that tick move nothing in a list that is not sorted by them.
  const viewers = useMirror((mirror) => (sort?.column === 'viewers' ? mirror.viewers : undefined));
  const listed = useMemo(
    () => sortStreams(listedBy(filtered, filter), sort, viewers),
    [filtered, filter, sort, viewers],
  );
  const rows = useMemo(() => search(listed, text), [search, listed, text]);
  const counts = useMemo(() => countAll(filtered, filter), [filtered, filter]);
  useWarmSearch(search, ordered);
  return { rows, counts, marks };
}

/** What is on the screen first comes before what may be searched. */
const WARM_AFTER_MS = 120;
/** So many streams are made ready for the search at a time, in a millisecond or two. */
const WARM_AT_ONCE = 250;

/** The first search is as quick as the next: what it needs is made ready while nobody types. */
function useWarmSearch(search: StreamSearch, streams: readonly StreamView[]): void {
  const size = streams.length;
  const latest = useRef(streams);
  useEffect(() => {
    latest.current = streams;
  }, [streams]);
  useEffect(() => {
    let timer = 0;
    const step = (): void => {
      if (search.warm(latest.current, WARM_AT_ONCE)) timer = window.setTimeout(step);
    };
    timer = window.setTimeout(step, WARM_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, [search, size]);
}

function countAll(filtered: FilteredStreams, filter: StreamFilter): FilterCounts {
  const { twins, ...rest } = filtered;
  return {
    all: rest.all.length,
    live: rest.live.length,
    wall: rest.wall.length,
    new: rest.new.length,
    waiting: rest.waiting.length,
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
