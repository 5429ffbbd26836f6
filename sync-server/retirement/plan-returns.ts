import type * as Y from 'yjs';
import { TOMBSTONE_MS } from '#shared/document/limits.ts';
import type { CatalogueProjection } from '#shared/document/project-catalogue.ts';
import { readTombstones } from '#shared/document/record-root.ts';
import { stampMs } from '#shared/kernel/stamp.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { Past } from '../archive/server-archive.ts';

/** A stream of the archive that the catalogue is to get back, and the births of the record that is there, if there is one. */
export type Return = { readonly id: StreamId; readonly past: Past; readonly births: readonly string[] };

/**
 * Which of these streams get their past: those that were added anew since they were retired, by somebody who did not know
 * the archive, and those that are on a wall. What a person removed since then stays removed.
 */
export function planReturns(
  doc: Y.Doc,
  projection: CatalogueProjection,
  pasts: ReadonlyMap<StreamId, Past>,
  nowMs: number,
): readonly Return[] {
  const root = doc.getMap<unknown>('streams');
  return [...pasts].flatMap(([id, past]): readonly Return[] => {
    const births = projection.whole('streams', id)?.births;
    const known: ReadonlySet<string> = new Set([...past.record.births, ...past.givenTo]);
    if (births !== undefined) {
      return births.some((birth) => known.has(birth)) ? [] : [{ id, past, births }];
    }
    // Removals are remembered for a time; longer ago than that, nobody could tell.
    if (nowMs - past.atMs > TOMBSTONE_MS) return [];
    const removed = readTombstones(root, id, projection.findGenerations(root, id));
    const isRemoved = [...removed].some((birth) => known.has(birth) || stampMs(birth) > past.atMs);
    return isRemoved ? [] : [{ id, past, births: [] }];
  });
}
