import type { CatalogueCommand, StreamChanges } from '#shared/document/command.ts';
import { samePlain } from '#shared/document/stored-value.ts';
import type { StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { TeamChange } from '#shared/protocol/team-history.ts';

/** What a step did to one stream; undefined: it was not there. */
export type StreamStep = Readonly<{ before: StreamView | undefined; after: StreamView | undefined }>;

/** What a person writes of a stream; what checkers find out goes on its own way. */
const WRITTEN = [
  'code',
  'kind',
  'title',
  'label',
  'labelPosition',
  'source',
  'streamer',
  'city',
  'region',
  'country',
  'latitude',
  'longitude',
  'location',
  'moderation',
  'orientation',
  'rotation',
  'notes',
  'tags',
  'pinned',
  'archived',
  'noCheck',
  'postedBy',
] as const;

/**
 * What takes back what a step did to one stream of the list, as far as nobody has changed it since; null where nothing of
 * it is left.
 * @param now the stream as it stands
 */
export function undoInList(
  { before, after }: StreamStep,
  now: StreamView | undefined,
): CatalogueCommand | null {
  if (before === undefined) {
    const isUntouched =
      after !== undefined && WRITTEN.every((field) => samePlain(after[field], now?.[field]));
    return isUntouched ? { type: 'remove-stream', id: after.id } : null;
  }
  if (after === undefined)
    return now === undefined ? { type: 'add-stream', link: before.link, fields: writtenOf(before) } : null;
  const changed = WRITTEN.filter(
    (field) =>
      !samePlain(before[field], after[field]) && now !== undefined && samePlain(after[field], now[field]),
  );
  if (changed.length === 0) return null;
  const changes = Object.fromEntries(changed.map((field) => [field, before[field] ?? null]));
  return { type: 'edit-stream', id: before.id, changes };
}

function writtenOf(stream: StreamView): StreamChanges {
  const { startedAt, endedAt, lastLiveAt, status } = stream;
  const written = WRITTEN.filter((field) => stream[field] !== undefined).map((field) => [
    field,
    stream[field],
  ]);
  const times = Object.entries({ startedAt, endedAt, lastLiveAt }).filter(([, ms]) => ms !== undefined);
  return Object.fromEntries([...written, ...times, ['status', status]]) as StreamChanges;
}

/** A stream that was added by a step is about as old as the step; one that was carried along or came back is not. */
const ADDED_WITHIN_MS = 10 * 60_000;

/**
 * What takes back a step that the team's server keeps, as far as nobody has changed it since. What it removed is not in
 * its words, and does not come back by this.
 */
export function undoEdits(
  { edits, atMs }: Pick<TeamChange, 'edits' | 'atMs'>,
  now: ReadonlyMap<StreamId, StreamView>,
): readonly CatalogueCommand[] {
  const byText = new Map([...now].map(([id, stream]) => [String(id), stream]));
  const changes = new Map<StreamId, Record<string, unknown>>();
  const removals: CatalogueCommand[] = [];
  for (const { root, type, id = '', key = '', before = null, after = null, fields = {} } of edits) {
    const stream = root === 'streams' ? byText.get(id) : undefined;
    if (stream === undefined) continue;
    if (type === 'record-added') {
      const isItsOwn = Math.abs(stream.addedAt - atMs) < ADDED_WITHIN_MS;
      const isUntouched = WRITTEN.every((field) => samePlain(fields[field] ?? null, stream[field] ?? null));
      if (isItsOwn && isUntouched) removals.push({ type: 'remove-stream', id: stream.id });
    }
    const field = type === 'set' ? WRITTEN.find((name) => name === key) : undefined;
    if (field === undefined || !samePlain(after, stream[field] ?? null)) continue;
    if (field !== 'code' || before !== null)
      changes.set(stream.id, { ...changes.get(stream.id), [field]: before });
  }
  const edited = [...changes].map(([id, fieldsBack]): CatalogueCommand => {
    return { type: 'edit-stream', id, changes: fieldsBack };
  });
  return [...removals, ...edited];
}
