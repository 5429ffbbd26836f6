import * as Y from 'yjs';
import type { RootShape } from '#shared/document/document-shape.ts';
import { BIRTH_KEY, readRecordKey } from '#shared/document/record-root.ts';
import { isPlain, valueOf, type Plain } from '#shared/document/stored-value.ts';
import type { HistoryEdit } from './document-history.ts';

/** Listens to a document and says, in plain values, what happens to it. */
export function watchEdits(
  doc: Y.Doc,
  roots: Readonly<Record<string, RootShape>>,
): { take: () => readonly HistoryEdit[] } {
  let edits: HistoryEdit[] = [];
  for (const [root, shape] of Object.entries(roots)) {
    doc.getMap(root).observeDeep((events) => {
      for (const event of events)
        edits.push(...(shape === 'flat' ? readFlat(root, event) : readEvent(root, event)));
    });
  }
  return {
    take: () => {
      const taken = edits;
      edits = [];
      return taken;
    },
  };
}

type Event = Y.YEvent<Y.AbstractType<unknown>>;

function readFlat(root: string, event: Event): HistoryEdit[] {
  return changedKeys(event).map(({ key, before, after }) => ({
    type: 'set',
    root,
    key,
    before: plainOf(before),
    after: plainOf(after),
  }));
}

/** Below a root lie generations, below these records, below these fields: how deep it happened says what it was. */
function readEvent(root: string, event: Event): HistoryEdit[] {
  const [generation, id] = event.path;
  if (generation === undefined)
    return changedKeys(event).flatMap(({ key, after }) =>
      after instanceof Y.Map
        ? [...after.entries()].flatMap(([name, value]) => readEntry(root, name, value))
        : [{ type: 'generation-left' as const, root, generation: key }],
    );
  if (typeof id !== 'string')
    return changedKeys(event).flatMap(({ key, before, after }) => readEntry(root, key, after, before));
  return changedKeys(event)
    .filter(({ key }) => key !== BIRTH_KEY)
    .map(({ key, before, after }) => ({
      type: 'set' as const,
      root,
      id,
      key,
      before: plainOf(before),
      after: plainOf(after),
    }));
}

/** What is under a key of a generation now: a record, word of a removal, or nothing. */
function readEntry(root: string, key: string, value: unknown, before?: unknown): HistoryEdit[] {
  const { id, removal } = readRecordKey(key);
  if (removal) return value === undefined ? [] : [{ type: 'record-removed', root, id }];
  if (value instanceof Y.Map)
    return [{ type: 'record-added', root, id, fields: plainFields([...value.entries()]) }];
  const fields = before instanceof Y.Map ? { fields: plainFields(lastEntries(before)) } : {};
  return [{ type: 'record-removed', root, id, ...fields }];
}

/** What a map held that was deleted in this very transaction: until that is over, what was in it is still there. */
const lastEntries = (map: Y.Map<unknown>): [string, unknown][] =>
  [...map._map].flatMap(([name, item]): [string, unknown][] => {
    const stored: unknown = item.content.getContent().at(-1);
    return stored === undefined ? [] : [[name, stored]];
  });

const plainFields = (entries: readonly [string, unknown][]): Readonly<Record<string, Plain>> =>
  Object.fromEntries(
    entries.filter(([name]) => name !== BIRTH_KEY).map(([name, stored]) => [name, plainOf(stored)]),
  );

function changedKeys(event: Event): { key: string; before: unknown; after: unknown }[] {
  const map: unknown = event.target;
  if (!(map instanceof Y.Map)) return [];
  return [...event.changes.keys].map(
    ([key, { oldValue }]): { key: string; before: unknown; after: unknown } => ({
      key,
      before: oldValue,
      after: map.get(key),
    }),
  );
}

function plainOf(stored: unknown): Plain {
  const value = valueOf(stored);
  return value !== undefined && isPlain(value) ? value : null;
}
