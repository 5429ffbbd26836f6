import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { catalogueTarget, settleCatalogue } from './apply-catalogue-command.ts';
import { CATALOGUE_RECORD_ROOTS } from './catalogue-tables.ts';
import { compactDocument } from './compact-document.ts';
import { migrateDocument } from './migrate-document.ts';
import { openCatalogue } from './project-catalogue.ts';
import { rescue } from './rescue.ts';
import { planRetirement, retireGenerations, tidyCopies } from './retire.ts';
import { retireRules } from './retire-rules.ts';
import { createCatalogueDesk, idOf, meetCatalogues, plainView } from './test-catalogue.ts';
import { TEST_NOW } from './test-desk.ts';

const LINK = 'https://www.twitch.tv/unicornriot';
const STAMP = 'mpv5pcts00replica1';

/** Something that no program of ours would write. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    1e300,
    Number.NaN,
    '',
    'x',
    '__proto__',
    'é'.repeat(3),
    [],
    {},
    new Uint8Array(3),
  ),
  fc.constantFrom<unknown>(
    STAMP,
    'zzzzzzzzzzzzzzzzzz',
    [STAMP, STAMP],
    [STAMP, 7],
    { v: 1, t: STAMP },
    { v: null, t: 7 },
  ),
  fc.constantFrom<unknown>(
    { births: [STAMP], at: 'never', by: {} },
    { births: 'all' },
    { is: 'live', at: 1, by: 'user:x' },
  ),
  fc.constant('long').map(() => 'x'.repeat(200_000)),
  fc.constant('deep').map(() => JSON.parse('['.repeat(50) + ']'.repeat(50)) as unknown),
  fc.constantFrom<unknown>(JSON.parse('{"__proto__":{"polluted":true},"constructor":1}')),
  fc.string(),
  fc.double(),
  fc.object({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown),
);

const fieldName = fc.constantFrom(
  '@',
  'link',
  'title',
  'status',
  'manual',
  'tags',
  'notes',
  'code',
  'continues',
  'name',
  'city',
  'a:twitch/x',
  's:__proto__',
  'type',
  'value',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'unheard-of',
  '',
);
const recordKey = fc.constantFrom(
  idOf(LINK),
  'one',
  'two',
  '__proto__',
  'constructor',
  'x:one',
  `x:${idOf(LINK)}`,
  '',
  'ø',
);
const generationKey = fc.constantFrom(
  'fwd#replica1',
  'fwd#replica2',
  '000#zzzzzzzz',
  'zzz#replica1',
  '__proto__',
  'x',
  '',
);

const hostile = fc.array(
  fc.record({
    root: fc.constantFrom(...CATALOGUE_RECORD_ROOTS, 'meta'),
    generationKey,
    recordKey,
    fieldName,
    junk,
    depth: fc.nat(3),
  }),
  { maxLength: 40 },
);

function child(map: Y.Map<unknown>, key: string): Y.Map<unknown> {
  const found = map.get(key);
  if (found instanceof Y.Map) return found;
  return map.set(key, new Y.Map<unknown>());
}

/** Writes what a hostile program could, at every depth, some of it as shared types that do not belong there. */
function litter(doc: Y.Doc, items: ReturnType<typeof describeHostile>): void {
  const later: (() => void)[] = [];
  for (const item of items) {
    const root = doc.getMap<unknown>(item.root);
    const value = item.junk === 'x' ? new Y.Text('text') : disguise(item.junk);
    later.push(() => unmask(value, item.junk));
    if (item.depth === 0) root.set(item.generationKey, value);
    else if (item.depth === 1) child(root, item.generationKey).set(item.recordKey, value);
    else {
      const record = child(child(root, item.generationKey), item.recordKey);
      if (item.depth === 2 && item.fieldName !== '@') record.set('@', STAMP);
      record.set(item.fieldName, value);
    }
  }
  for (const step of later) step();
}

/** Yjs does not take an object that says it has another constructor; a hostile program sends its bytes nevertheless. */
function disguise(value: unknown): unknown {
  return isMasked(value) ? {} : value;
}

function unmask(stored: unknown, value: unknown): void {
  if (!isMasked(value)) return;
  for (const [key, part] of Object.entries(value))
    Object.defineProperty(stored, key, { value: part, enumerable: true, configurable: true, writable: true });
}

function isMasked(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'constructor');
}

const describeHostile = () => fc.sample(hostile, 1)[0]!;

describe('[C5] a document full of garbage', () => {
  it('never throws, hides nothing that is good, and looks the same everywhere', () => {
    fc.assert(
      fc.property(hostile, (items) => {
        const [a, b] = [createCatalogueDesk('a'), createCatalogueDesk('b')];
        const mallory = new Y.Doc();
        mallory.clientID = 7;
        a.do({ type: 'add-stream', link: 'https://kick.com/good', fields: { title: 'good' } });
        litter(mallory, items);
        Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(mallory));
        meetCatalogues(a, b);
        expect(a.stream('https://kick.com/good')).toMatchObject({ title: 'good' });
        expect(plainView(b.view())).toEqual(plainView(a.view()));
        expect(plainView(openCatalogue(a.doc).view())).toEqual(plainView(a.view()));
        expect(JSON.stringify(a.view().problemCounts)).toBeTypeOf('string');
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('can still be written to, settled, retired, rescued from, compacted and migrated', () => {
    fc.assert(
      fc.property(hostile, (items) => {
        const time = { nowMs: TEST_NOW };
        const a = createCatalogueDesk('a', { time });
        a.do({ type: 'add-stream', link: 'https://kick.com/good', fields: { title: 'good', pinned: true } });
        litter(a.doc, items);
        for (const command of commands()) a.try(command);
        const context = a.context();
        settleCatalogue(a.doc, a.projection, context);
        tidyCopies(a.doc, a.projection, context);
        time.nowMs += 40 * 86_400_000;
        const planned = planRetirement(a.doc, a.projection, retireRules(time.nowMs));
        retireGenerations(a.doc, a.projection, planned, a.context());
        JSON.stringify(planned.archived);
        rescue(catalogueTarget(a.doc, a.projection), a.unsaved, a.context());
        migrateDocument(a.doc);
        const fresh = new Y.Doc();
        Y.applyUpdateV2(fresh, compactDocument(Y.encodeStateAsUpdateV2(a.doc)));
        expect(plainView(openCatalogue(fresh).view())).toEqual(plainView(a.view()));
        expect(a.stream('https://kick.com/good')).toMatchObject({ title: 'good' });
      }),
      { numRuns: 200 },
    );
  });

  it('is counted by reason and listed', () => {
    const a = createCatalogueDesk('a');
    const generation = child(a.doc.getMap('streams'), 'fwd#replica1');
    a.doc.getMap('streams').set('rubbish', 7);
    generation.set('no-record', 'text');
    const record = child(generation, 'one');
    record.set('@', STAMP);
    record.set('link', 'javascript:alert(1)//http://x');
    const other = child(generation, 'two');
    other.set('@', STAMP);
    other.set('link', 'https://example.com/');
    other.set('title', 7);
    other.set('status', { is: 'burning' });
    other.set('unheard', 'of');
    expect([...a.view().streams.values()]).toMatchObject([{ id: 'two', status: 'unknown' }]);
    expect(a.view().problems).toEqual([
      { root: 'streams', id: 'no-record', reason: 'it is not a record' },
      { root: 'streams', id: 'one', reason: 'it has no link that can be read' },
      { root: 'streams', id: 'one', reason: 'its link cannot be read' },
      { root: 'streams', id: 'rubbish', reason: 'it is not a generation of records' },
      { root: 'streams', id: 'two', reason: 'a field is not known' },
      { root: 'streams', id: 'two', reason: 'its status cannot be read' },
      { root: 'streams', id: 'two', reason: 'its title cannot be read' },
    ]);
    expect(a.view().problemCounts['its title cannot be read']).toBe(1);
    const before = a.view().problems;
    a.do({ type: 'add-stream', link: LINK });
    expect(a.view().problems).toBe(before);
  });

  it('says nothing of fields that a newer program wrote', () => {
    const a = createCatalogueDesk('a');
    a.do({ type: 'add-stream', link: LINK });
    a.doc.getMap('meta').set('version', 2);
    for (const generation of a.doc.getMap<Y.Map<Y.Map<unknown>>>('streams').values())
      for (const record of generation.values()) record.set('mood', 'good');
    expect(openCatalogue(a.doc).view().problems).toEqual([]);
  });
});

function commands(): readonly object[] {
  const id = idOf(LINK);
  return [
    { type: 'add-stream', link: LINK, fields: { title: 't', notes: 'n', tags: ['x'], status: 'live' } },
    { type: 'edit-stream', id, changes: { notes: 'more', code: 'abc', tags: null } },
    { type: 'edit-stream', id: 'one', changes: { notes: 'more' } },
    { type: 'continue-stream', id: 'one', continues: id },
    { type: 'set-stream-status', id, status: 'offline', manualUntil: TEST_NOW + 1 },
    { type: 'put-streamer', id: 'one', fields: { name: 'One', accounts: [] } },
    { type: 'put-event', id: 'one', title: 'An event', at: 1 },
    { type: 'link-event', id: 'one', stream: '__proto__' },
    { type: 'unlink-event', id: 'one', stream: 'constructor' },
    { type: 'create-wall', id: 'one', name: 'Wall' },
    { type: 'remove-stream', id: 'two' },
    { type: 'remove-location', id: '__proto__' },
  ];
}
