import type { StreamView } from '#shared/document/view.ts';
import type { StreamStatus } from '#shared/model/stream.ts';

const ranks: Readonly<Record<StreamStatus, number>> = {
  live: 0,
  upcoming: 1,
  unknown: 2,
  offline: 3,
  gone: 4,
};

/** The order of the list: pinned first, then what is live, then the newest; a code decides between equals. */
export function compareStreams(a: StreamView, b: StreamView): number {
  return (
    Number(b.pinned ?? false) - Number(a.pinned ?? false) ||
    ranks[a.status] - ranks[b.status] ||
    b.addedAt - a.addedAt ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
  );
}

/** The streams that the list shows at all, in its order. */
export function orderStreams(streams: Iterable<StreamView>): readonly StreamView[] {
  return [...streams].filter((stream) => stream.archived !== true).sort(compareStreams);
}
