import type { StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { compareStreams } from './order-streams.ts';

/** Puts streams into the order of the list; from one call to the next only what changed is put anew. */
export type KeptOrder = (streams: ReadonlyMap<StreamId, StreamView>) => readonly StreamView[];

/** More changes than this at once, and sorting all is no slower. */
const FEW = 500;

export function createKeptOrder(): KeptOrder {
  let known: ReadonlyMap<StreamId, StreamView> = new Map();
  let ordered: readonly StreamView[] = [];
  return (streams) => {
    if (streams === known) return ordered;
    const fresh: StreamView[] = [];
    for (const [id, stream] of streams) if (known.get(id) !== stream) fresh.push(stream);
    ordered =
      fresh.length > FEW
        ? [...streams.values()].sort(compareStreams)
        : merge(
            ordered.filter((stream) => streams.get(stream.id) === stream),
            fresh.sort(compareStreams),
          );
    known = streams;
    return ordered;
  };
}

/** Of two lists in order, one. */
function merge(long: readonly StreamView[], short: readonly StreamView[]): readonly StreamView[] {
  if (short.length === 0) return long;
  const all: StreamView[] = [];
  let next = 0;
  for (const stream of short) {
    const at = firstAfter(long, stream, next);
    for (; next < at; next++) {
      const kept = long[next];
      if (kept !== undefined) all.push(kept);
    }
    all.push(stream);
  }
  for (; next < long.length; next++) {
    const kept = long[next];
    if (kept !== undefined) all.push(kept);
  }
  return all;
}

/** Where `stream` belongs in a list in order, at or after `from`. */
function firstAfter(list: readonly StreamView[], stream: StreamView, from: number): number {
  let low = from;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = list[middle];
    if (other !== undefined && compareStreams(other, stream) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
