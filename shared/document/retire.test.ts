import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { ArchivedStream, joinArchived } from './archived-stream.ts';
import { compactDocument } from './compact-document.ts';
import { VERSION_KEY, NEEDS_KEY, readVersion } from './document-version.ts';
import { migrateDocument } from './migrate-document.ts';
import { openCatalogue } from './project-catalogue.ts';
import { planRetirement, type RetiredRecord, retireGenerations } from './retire.ts';
import { retireRules } from './retire-rules.ts';
import {
  createCatalogueDesk,
  type CatalogueDesk,
  idOf,
  meetCatalogues,
  plainView,
} from './test-catalogue.ts';
import { TEST_NOW } from './test-desk.ts';

const DAY_MS = 86_400_000;
const link = (name: string) => `https://www.twitch.tv/${name}`;

let time: { nowMs: number };
let server: CatalogueDesk;
let a: CatalogueDesk;

beforeEach(() => {
  time = { nowMs: TEST_NOW };
  server = createCatalogueDesk('s', { time, actor: 'service:server' });
  a = createCatalogueDesk('a', { time });
});

const add = (name: string, fields = {}) => ({ type: 'add-stream', link: link(name), fields });
const plan = (isNeeded?: (id: string) => boolean) =>
  planRetirement(server.doc, server.projection, retireRules(time.nowMs, isNeeded));
const retire = (isNeeded?: (id: string) => boolean): readonly RetiredRecord[] => {
  const planned = plan(isNeeded);
  retireGenerations(server.doc, server.projection, planned, server.context());
  return planned.archived;
};
const names = (): string[] =>
  [...server.view().streams.values()].map(({ link: url }) => url.slice(url.lastIndexOf('/') + 1)).sort();

describe('[C15] leaving for the archive', () => {
  it('takes what has been over for eight days, whole, and leaves what is still current', () => {
    server.do(add('over', { notes: 'n', tags: ['t'], status: 'live' }));
    server.do({ type: 'set-stream-status', id: idOf(link('over')), status: 'offline' });
    server.do(add('live', { status: 'live' }));
    server.do(add('coming', { status: 'upcoming' }));
    server.do(add('pinned', { pinned: true }));
    server.do(add('on-a-wall'.replaceAll('-', '_')));
    server.do(add('camera', { noCheck: true }));
    server.do(add('layer', { kind: 'background' }));
    server.do({ type: 'put-location', id: 'oslo', fields: { city: 'Oslo', known: true } });
    const before = server.view();
    const whole = server.projection.whole('streams', idOf(link('over')));
    const isNeeded = (id: string) => id === idOf(link('on_a_wall'));

    time.nowMs += 7 * DAY_MS;
    expect(retire(isNeeded)).toEqual([]);
    time.nowMs += 2 * DAY_MS;
    expect(retire(isNeeded)).toEqual([
      { root: 'streams', id: idOf(link('over')), atMs: time.nowMs, record: whole },
    ]);

    expect(names()).toEqual(['camera', 'coming', 'layer', 'live', 'on_a_wall', 'pinned']);
    for (const stream of server.view().streams.values())
      expect(stream).toEqual(before.streams.get(stream.id));
    expect(server.view().locations.get('oslo' as never)).toMatchObject({ city: 'Oslo' });
    const keys = [...server.doc.getMap('streams').keys(), ...server.doc.getMap('locations').keys()];
    expect(new Set(keys).size).toBe(1);
    expect(retire(isNeeded)).toEqual([]);
  });

  it('takes at once what a person has put away, and events after a month', () => {
    server.do(add('away'));
    server.do({ type: 'put-event', id: 'e', title: 'Event', at: TEST_NOW });
    time.nowMs += 7 * DAY_MS;
    server.do({ type: 'edit-stream', id: idOf(link('away')), changes: { archived: true } });
    time.nowMs += 2 * DAY_MS;
    expect(retire().map(({ root }) => root)).toEqual(['streams']);
    time.nowMs += 30 * DAY_MS;
    expect(retire().map(({ root, id }) => `${root} ${id}`)).toEqual(['events e']);
    expect(server.view().events.size).toBe(0);
  });

  it('leaves alone what somebody wrote to between planning and leaving', () => {
    server.do(add('one'));
    server.do(add('two'));
    time.nowMs += 9 * DAY_MS;
    const planned = plan();
    expect(planned.archived).toHaveLength(2);
    server.do({ type: 'edit-stream', id: idOf(link('two')), changes: { title: 'still of interest' } });
    retireGenerations(server.doc, server.projection, planned, server.context());
    expect(names()).toEqual(['two']);
    expect(server.stream(link('two'))).toMatchObject({ title: 'still of interest' });
  });

  it('takes streams that are one together, and not while one of them is current', () => {
    server.do(add('first'));
    time.nowMs += 9 * DAY_MS;
    server.do(add('second'));
    server.do({ type: 'continue-stream', id: idOf(link('second')), continues: idOf(link('first')) });
    expect(retire()).toEqual([]);
    expect(server.view().streams.size).toBe(1);
    time.nowMs += 9 * DAY_MS;
    expect(retire()).toHaveLength(2);
  });

  it('remembers removals for a month, so that what a desk brings along stays removed', () => {
    a.do(add('one'));
    meetCatalogues(a, server);
    a.unsaved.length = 0;
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(a.doc));
    server.do({ type: 'remove-stream', id: idOf(link('one')) });
    for (let days = 0; days < 20; days += 10) {
      time.nowMs += 10 * DAY_MS;
      retire();
    }
    a.doc.transact(() => a.doc.getMap('streams').delete([...a.doc.getMap('streams').keys()][0]!));
    expect([...server.doc.getMap<Y.Map<unknown>>('streams').values()].flatMap((g) => [...g.keys()])).toEqual([
      `x:${idOf(link('one'))}`,
    ]);
    time.nowMs += 21 * DAY_MS;
    retire();
    expect(server.doc.getMap('streams').size).toBe(0);
  });

  it('takes generations from far ahead along, for their owner has a clock gone wrong', () => {
    time.nowMs += 100 * DAY_MS;
    server.do(add('early', { pinned: true }));
    time.nowMs -= 100 * DAY_MS;
    const before = server.stream(link('early'));
    retire();
    expect([...server.doc.getMap('streams').keys()][0]!.slice(0, 3)).toBe('fwd');
    expect(server.stream(link('early'))).toEqual(before);
  });

  it('drops empty generations of the day before yesterday, and a desk that adds to one does not notice', () => {
    a.do(add('one'));
    a.do({ type: 'remove-stream', id: idOf(link('one')) });
    a.doc.getMap<Y.Map<unknown>>('streams').forEach((generation) => generation.clear());
    meetCatalogues(server, { ...a, unsaved: [] });
    a.unsaved.length = 0;
    a.do(add('two'));
    time.nowMs += 3 * DAY_MS;
    retire();
    expect(server.doc.getMap('streams').size).toBe(0);
    meetCatalogues(a, server);
    expect(names()).toEqual(['two']);
  });
});

describe('[C17] coming back from the archive', () => {
  const retired = () => {
    time.nowMs += 9 * DAY_MS;
    const [record] = retire();
    return JSON.parse(JSON.stringify(record!.record)) as ArchivedStream;
  };
  const restore = (record: ArchivedStream) => ({ type: 'restore-stream', id: idOf(link('one')), record });

  it('is as old as it was, with its past and its code', () => {
    server.do(add('one', { code: 'abc', notes: 'past', status: 'live' }));
    server.do({ type: 'set-stream-status', id: idOf(link('one')), status: 'offline' });
    const before = server.stream(link('one'));
    const record = retired();
    server.do(restore(record));
    expect(server.stream(link('one'))).toEqual(before);
    expect(server.try(restore(record))).toMatchObject({ error: { reason: 'unchanged' } });
  });

  it('takes another code when its own is taken', () => {
    server.do(add('one', { code: 'abc' }));
    const record = retired();
    server.do(add('two', { code: 'abc' }));
    server.do(restore(record));
    expect(server.stream(link('two'))!.code).toBe('abc');
    expect(server.stream(link('one'))!.code).not.toBe('abc');
  });

  it('gives a stream that was added anew what it lacks, and keeps what was said since', () => {
    server.do(add('one', { code: 'abc', notes: 'past', city: 'Oslo', title: 'old' }));
    const record = retired();
    server.do(add('one', { code: 'xyz', notes: 'now', title: 'new' }));
    server.do(restore(record));
    expect(server.stream(link('one'))).toMatchObject({
      addedAt: TEST_NOW,
      code: 'xyz',
      notes: 'past\nnow',
      city: 'Oslo',
      title: 'new',
    });
    expect(server.try(restore(record))).toMatchObject({ error: { reason: 'unchanged' } });
  });

  it('may come back after a removal, and what cannot be read does not come back', () => {
    server.do(add('one'));
    const record = server.projection.whole('streams', idOf(link('one')))!;
    server.do({ type: 'remove-stream', id: idOf(link('one')) });
    server.do(restore(record as ArchivedStream));
    expect(server.stream(link('one'))).toBeDefined();
    const { link: _, ...fields } = record.fields;
    expect(server.try(restore({ births: [...record.births], fields }))).toMatchObject({
      error: { reason: 'invalid' },
    });
    expect(ArchivedStream.safeParse({ births: [], fields: {} }).success).toBe(false);
    expect(ArchivedStream.safeParse({ births: ['soon'], fields: {} }).success).toBe(false);
  });

  it('of a stream that is retired twice all is kept', () => {
    server.do(add('one', { notes: 'first life' }));
    const first = retired();
    server.do(add('one', { notes: 'second life' }));
    const joined = joinArchived(first, retired());
    server.do(restore(joined as ArchivedStream));
    expect(server.stream(link('one'))).toMatchObject({ notes: 'first life\nsecond life', addedAt: TEST_NOW });
  });
});

describe('[C20] an event that comes back from the archive', () => {
  const event = () => server.view().events.get('e' as never);
  const put = (title: string, description: string) => ({
    ...{ type: 'put-event', id: 'e', title, at: TEST_NOW },
    description,
  });
  const retired = () => {
    time.nowMs += 40 * DAY_MS;
    const found = retire().find(({ root }) => root === 'events');
    return JSON.parse(JSON.stringify(found!.record)) as ArchivedStream;
  };
  const restore = (record: ArchivedStream) => ({ type: 'restore-event', id: 'e', record });

  it('is as old as it was, with its streams, and is there once', () => {
    server.do(add('one'));
    server.do(put('March', 'over the bridge'));
    server.do({ type: 'link-event', id: 'e', stream: idOf(link('one')), offsetSeconds: 90 });
    const before = event();
    const record = retired();
    expect(event()).toBeUndefined();
    server.do(restore(record));
    expect(event()).toEqual(before);
    expect(server.try(restore(record))).toMatchObject({ error: { reason: 'unchanged' } });
  });

  it('gets what it lacks where it is there again, and what was said since stands', () => {
    server.do(put('March', 'over the bridge'));
    server.do({ type: 'link-event', id: 'e', stream: idOf(link('one')) });
    const record = retired();
    server.do({ type: 'put-event', id: 'e', title: 'The march', at: TEST_NOW });
    server.do(restore(record));
    expect(event()).toMatchObject({ title: 'The march', description: 'over the bridge' });
    expect(Object.keys(event()!.streams)).toEqual([idOf(link('one'))]);
  });

  it('is one that can be read, and comes back after a removal too', () => {
    server.do(put('March', 'over the bridge'));
    const record = server.projection.whole('events', 'e')!;
    server.do({ type: 'remove-event', id: 'e' });
    const { title: _, ...fields } = record.fields;
    expect(server.try(restore({ births: [...record.births], fields }))).toMatchObject({
      error: { reason: 'invalid' },
    });
    server.do(restore(record as ArchivedStream));
    expect(event()).toMatchObject({ title: 'March' });
  });
});

describe('[C18] compaction', () => {
  it('changes nothing that is shown, makes the document smaller and refuses what is not whole', () => {
    for (let day = 0; day < 30; day++) {
      for (let n = 0; n < 20; n++) server.do(add(`cam_${day}_${n}`));
      time.nowMs += DAY_MS;
      retire();
    }
    const stored = Y.encodeStateAsUpdateV2(server.doc);
    const compacted = compactDocument(stored);
    const fresh = new Y.Doc();
    Y.applyUpdateV2(fresh, compacted);
    expect(plainView(openCatalogue(fresh).view())).toEqual(plainView(server.view()));
    expect(compacted.length).toBeLessThanOrEqual(stored.length);
    expect(() => compactDocument(new Uint8Array([1, 2, 3]))).toThrow();
    const updates: Uint8Array[] = [];
    server.doc.on('updateV2', (update: Uint8Array) => updates.push(update));
    server.do(add('one_more'));
    expect(() => compactDocument(updates[0]!)).toThrow('waits for edits');
  });
});

describe('[C7] versions', () => {
  const migrations = [
    { to: 2, breaking: false, up: (doc: Y.Doc) => void doc.getMap('meta').set('two', true) },
    { to: 3, breaking: true, up: (doc: Y.Doc) => void doc.getMap('meta').set('three', true) },
  ];

  it('are brought up once, step by step, in one transaction', () => {
    const doc = new Y.Doc();
    const origins: unknown[] = [];
    doc.on('update', (_: Uint8Array, origin: unknown) => origins.push(origin));
    expect(migrateDocument(doc)).toBe(1);
    expect(migrateDocument(doc)).toBe(1);
    expect(origins).toEqual([{ type: 'migrate' }]);
    expect(migrateDocument(doc, migrations, 3)).toBe(3);
    expect(doc.getMap('meta').toJSON()).toEqual({ version: 3, needs: 3, two: true, three: true });
    expect(origins).toHaveLength(2);
  });

  it('of a newer program are left alone, and a version that cannot be read is the first', () => {
    const doc = new Y.Doc();
    doc.getMap('meta').set(VERSION_KEY, 9);
    expect(migrateDocument(doc, migrations, 3)).toBe(9);
    expect(doc.getMap('meta').has('two')).toBe(false);
    for (const junk of ['x', -1, 1.5, null, {}]) {
      doc.getMap('meta').set(NEEDS_KEY, junk);
      expect(readVersion(doc).needs).toBe(1);
    }
  });

  it('that a server has broken stop retiring and settling too', () => {
    server.do(add('one'));
    time.nowMs += 9 * DAY_MS;
    const planned = plan();
    server.doc.getMap('meta').set(NEEDS_KEY, 9);
    expect(retireGenerations(server.doc, server.projection, planned, server.context())).toBe(0);
    expect(names()).toEqual(['one']);
  });
});
