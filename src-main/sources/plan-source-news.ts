import type { CatalogueCommand, StreamChanges } from '#shared/document/command.ts';
import type { StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { ListedFields, ListedStream } from '#shared/model/stream-list/read-stream-record.ts';

/** What a list said the last time it was read. */
export type SaidBefore = ReadonlyMap<StreamId, ListedFields>;

/**
 * What a list that was read again has to say that it did not say before. What people wrote stays: of a stream that is
 * there, a field is changed only where it still is as the list had it. What the list no longer names is left alone.
 */
export function planSourceNews(
  listed: readonly ListedStream[],
  before: SaidBefore,
  shown: (id: StreamId) => StreamView | undefined,
): readonly CatalogueCommand[] {
  return listed.flatMap((stream): CatalogueCommand[] => {
    const said = before.get(stream.id);
    if (said !== undefined && same(said, stream.fields)) return [];
    const add: CatalogueCommand = { type: 'add-stream', link: stream.link, fields: stream.fields };
    const there = shown(stream.id);
    if (said === undefined || there === undefined) return [add];
    const changes = changesOf(said, stream.fields, there);
    const edit: CatalogueCommand = { type: 'edit-stream', id: there.id, changes };
    const status = said.status === stream.fields.status ? [] : [add];
    return Object.keys(changes).length === 0 ? status : [edit, ...status];
  });
}

function changesOf(said: ListedFields, now: ListedFields, there: StreamView): StreamChanges {
  const names = new Set([...Object.keys(said), ...Object.keys(now)]) as ReadonlySet<keyof ListedFields>;
  const changed = [...names].filter(
    (name) => name !== 'status' && !same(said[name], now[name]) && same(said[name], there[name]),
  );
  return Object.fromEntries(changed.map((name) => [name, now[name] ?? null]));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
