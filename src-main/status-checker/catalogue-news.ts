import type { CatalogueView, StreamerView, StreamView } from '#shared/document/view.ts';
import type { StreamerId, StreamId } from '#shared/model/ids.ts';
import { isPublicHost } from '#shared/model/public-host.ts';
import type { ToStatusWorker } from '#shared/protocol/status-worker-messages.ts';

type News = Extract<ToStatusWorker, { type: 'catalogue' }>;

/** What a process that has been told everything so far has not heard yet; the first time, all there is. */
export function createCatalogueNews() {
  const streams = new Map<StreamId, StreamView>();
  const streamers = new Map<StreamerId, StreamerView>();
  return {
    /** Undefined when there is nothing new. */
    next(catalogue: Pick<CatalogueView, 'streams' | 'streamers'>): News | undefined {
      const changedStreams = takeChanges(streams, catalogue.streams, mayAsk);
      const changedStreamers = takeChanges(streamers, catalogue.streamers, () => true);
      const counts = [changedStreams.put, changedStreams.gone, changedStreamers.put, changedStreamers.gone];
      if (counts.every(({ length }) => length === 0)) return undefined;
      return {
        type: 'catalogue',
        streams: changedStreams.put.map(({ tags, ...stream }) => ({
          ...stream,
          ...(tags === undefined ? {} : { tags: [...tags] }),
        })),
        goneStreams: changedStreams.gone,
        streamers: changedStreamers.put.map((one) => ({ ...one, accounts: [...one.accounts] })),
        goneStreamers: changedStreamers.gone,
      };
    },
  };
}

/** Whether there is anybody to ask about. */
export function hasWork({ streams, streamers }: Pick<CatalogueView, 'streams' | 'streamers'>): boolean {
  for (const stream of streams.values()) if (mayAsk(stream) && stream.noCheck !== true) return true;
  for (const { priority } of streamers.values()) if (priority !== undefined) return true;
  return false;
}

/** What stands on this machine or in its network, the demo channels for one, no checker may ask. */
const mayAsk = ({ link }: StreamView): boolean => URL.canParse(link) && isPublicHost(new URL(link).hostname);

/** What did not change keeps its identity from one view to the next. */
function takeChanges<K, V extends { readonly id: K }>(
  told: Map<K, V>,
  now: { has: (id: K) => boolean; values: () => Iterable<V> },
  concerns: (record: V) => boolean,
): { readonly put: V[]; readonly gone: K[] } {
  const put = [...now.values()].filter((record) => concerns(record) && told.get(record.id) !== record);
  const gone = [...told.keys()].filter((id) => !now.has(id));
  for (const record of put) told.set(record.id, record);
  for (const id of gone) told.delete(id);
  return { put, gone };
}
