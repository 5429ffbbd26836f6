import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type CatalogueChange, openCatalogue } from './project-catalogue.ts';
import { createLiveRecords } from './live-records.ts';
import { readBirths } from './record-root.ts';
import { createCatalogueDesk, type CatalogueDesk, idOf, plainView } from './test-catalogue.ts';
import { createTestDesk } from './test-desk.ts';

const link = (n: number) => `https://www.twitch.tv/cam_${n}`;

let a: CatalogueDesk;
let changes: CatalogueChange[];

beforeEach(() => {
  a = createCatalogueDesk('a');
  for (let n = 0; n < 5; n++) a.do({ type: 'add-stream', link: link(n), fields: { title: `${n}` } });
  changes = [];
});

const listen = () => a.projection.onChange((change) => changes.push(change));
const retitle = (n: number, title: string) => ({
  type: 'edit-stream',
  id: idOf(link(n)),
  changes: { title },
});

describe('[C14] a view of the catalogue', () => {
  it('keeps the identity of what did not change', () => {
    const before = a.view();
    a.do(retitle(1, 'new'));
    const after = a.view();
    expect(after.streams.get(idOf(link(1)))).not.toBe(before.streams.get(idOf(link(1))));
    for (const n of [0, 2, 3, 4])
      expect(after.streams.get(idOf(link(n)))).toBe(before.streams.get(idOf(link(n))));
    for (const table of ['streamers', 'locations', 'ignore', 'events', 'walls', 'problems'] as const)
      expect(after[table]).toBe(before[table]);
    expect(before.streams.get(idOf(link(1)))).toMatchObject({ title: '1' });
    expect(a.view()).toBe(after);
  });

  it('tells once a transaction which ids are another now, and no longer than it is listened to', () => {
    const stop = listen();
    a.doc.transact(() => {
      a.do(retitle(1, 'x'));
      a.view();
      a.do(retitle(2, 'y'));
      a.do({ type: 'put-location', id: 'oslo', fields: { city: 'Oslo', known: true } });
    });
    expect(changes).toHaveLength(1);
    expect(changes[0]!.changed).toEqual({
      streams: new Set([idOf(link(1)), idOf(link(2))]),
      locations: new Set(['oslo']),
    });
    expect(changes[0]!.view.streams.get(idOf(link(2)))).toMatchObject({ title: 'y' });
    stop();
    a.do(retitle(1, 'z'));
    expect(changes).toHaveLength(1);
  });

  it('tells nobody when nothing that is shown has changed', () => {
    listen();
    a.doc.getMap('meta').set('something', 1);
    a.doc.transact(() => {
      a.do(retitle(1, 'x'));
      a.do(retitle(1, '1'));
    });
    expect(changes).toEqual([]);
  });

  it('tells of all streams that are shown otherwise because of one', () => {
    listen();
    a.do({ type: 'continue-stream', id: idOf(link(1)), continues: idOf(link(0)) });
    expect(changes.at(-1)!.changed.streams).toEqual(new Set([idOf(link(0)), idOf(link(1))]));
    a.do(retitle(1, 'of both'));
    expect(changes.at(-1)!.changed.streams).toEqual(new Set([idOf(link(0))]));
    expect(a.stream(link(0))).toMatchObject({ title: 'of both' });
  });

  it('is the view of a fresh load', () => {
    a.do({ type: 'remove-stream', id: idOf(link(3)) });
    const fresh = new Y.Doc();
    Y.applyUpdateV2(fresh, Y.encodeStateAsUpdateV2(a.doc));
    expect(plainView(openCatalogue(fresh).view())).toEqual(plainView(a.view()));
  });

  it('follows no more once it is disposed of', () => {
    listen();
    a.projection.dispose();
    a.doc.getMap('streams').clear();
    expect(changes).toEqual([]);
  });

  it('of a document that others write to costs nothing until somebody looks', () => {
    const before = a.view();
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(a.doc));
    other.getMap('streams').clear();
    Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(other));
    expect(before.streams.size).toBe(5);
    expect(a.view().streams.size).toBe(0);
  });
});

describe('[C6] a root with too many records', () => {
  it('shows the oldest, the same everywhere, reports the rest, and shows them when there is room', () => {
    const time = { nowMs: 1_800_000_000_000 };
    const desk = createTestDesk('a', time);
    const map = desk.doc.getMap<unknown>('streams');
    const live = createLiveRecords(
      'streams',
      map,
      (_, [copy]) => ({ birth: readBirths(copy?.map.get('@'))![0]! }),
      3,
    );
    map.observeDeep(live.follow);
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      time.nowMs += 1;
      desk.write({ type: 'create-record', root: 'streams', id, fields: {} });
    }
    live.refresh();
    expect(live.ids()).toEqual(['a', 'b', 'c']);
    expect(live.get('d')).toBeUndefined();
    expect([...live.problems()]).toMatchObject([
      { id: 'd', reason: 'there are more than 3' },
      { id: 'e', reason: 'there are more than 3' },
    ]);
    desk.write({ type: 'remove-record', root: 'streams', id: 'a' });
    expect([...live.refresh().keys()].sort()).toEqual(['a', 'd']);
    expect(live.ids()).toEqual(['b', 'c', 'd']);
    for (const id of ['b', 'c']) desk.write({ type: 'remove-record', root: 'streams', id });
    live.refresh();
    expect(live.ids()).toEqual(['d', 'e']);
    expect([...live.problems()]).toEqual([]);
  });
});
