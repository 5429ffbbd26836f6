import type { StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { LayeredMap } from '../stores/layered-map.ts';
import { compareStreams } from './order-streams.ts';

/** Puts streams into the order of the list; from one call to the next only what changed is put anew. */
export type KeptOrder = (streams: LayeredMap<StreamId, StreamView>) => readonly StreamView[];

/** More changes than this at once, and sorting all is no slower. */
const FEW = 500;

export function createKeptOrder(): KeptOrder {
  let known = LayeredMap.of<StreamId, StreamView>([]);
  let ordered: readonly StreamView[] = [];
  return (streams) => {
    const changes = streams.changesFrom(known);
    if (changes.length === 0) return ordered;
    if (changes.length > FEW) ordered = [...streams.values()].sort(compareStreams);
    else {
      const old = new Set(changes.map(({ before }) => before));
      const fresh = changes.flatMap(({ after }) => after ?? []).sort(compareStreams);
      ordered = merge(
        ordered.filter((stream) => !old.has(stream)),
        fresh,
      );
    }
    known = streams;
    return ordered;
  };
}

/** Of two lists in order, one. */
function merge(long: readonly StreamView[], short: readonly StreamView[]): readonly StreamView[] {
  const parts: StreamView[][] = [];
  let next = 0;
  for (const stream of short) {
    const at = firstAfter(long, stream, next);
    parts.push(long.slice(next, at), [stream]);
    next = at;
  }
  return parts.length === 0 ? long : ([] as StreamView[]).concat(...parts, long.slice(next));
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
