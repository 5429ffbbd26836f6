import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { WallId } from '../model/ids.ts';
import { MAX_RECORDS } from './limits.ts';
import { openWall, type WallChange } from './project-wall.ts';
import { TEST_NOW } from './test-desk.ts';
import { cell, createTestWall, move, put, ruleId, sceneId, tileId, type TestWall } from './test-wall.ts';

let desk: TestWall;
beforeEach(() => {
  desk = createTestWall('a');
});

const main = WallId.parse('main');
const t1 = tileId('t1');
const t2 = tileId('t2');
const BIRTH = '0mz00000000000aaaa';
const GENERATION = '0gq#hostiles';

/** A record as somebody else's program may have written it. */
function plant(doc: Y.Doc, root: string, id: string, fields: Record<string, unknown>): void {
  doc.transact(() => {
    const map = doc.getMap<unknown>(root);
    if (!(map.get(GENERATION) instanceof Y.Map)) map.set(GENERATION, new Y.Map());
    const record = new Y.Map<unknown>();
    record.set('@', BIRTH);
    for (const [name, value] of Object.entries(fields)) record.set(name, value);
    (map.get(GENERATION) as Y.Map<unknown>).set(id, record);
  });
}

const place = { ...cell(0, 0), placedAt: BIRTH };

describe('reading a wall', () => {
  test('[W12] an empty document is a wall of 3 x 3 cells, and reading writes nothing', () => {
    expect(desk.view()).toEqual({
      id: 'main',
      name: 'Wall',
      grid: { cols: 3, rows: 3 },
      colours: { background: '#000000', heard: '#ffb938' },
      tiles: [],
      bench: [],
      heard: null,
      censored: false,
      scenes: [],
      rules: [],
      takenOff: {},
      problems: [],
      problemCounts: {},
    });
    expect(desk.settle()).toBe(null);
    expect(Y.encodeStateAsUpdate(desk.doc)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
  });

  test('[W12] a new tile covers its cells, upright, at volume 1', () => {
    desk.act(put('t1', 0, 0));
    expect(desk.view().tiles).toEqual([
      {
        id: 't1',
        stream: 's-t1',
        place: cell(0, 0),
        fit: 'cover',
        zoom: { factor: 1, panX: 0, panY: 0 },
        rotation: 0,
        volume: 1,
        background: false,
        heard: false,
        blurred: false,
      },
    ]);
  });

  test('[W14] what was read as it grew is the same as what is read whole', () => {
    desk.act(put('t1', 0, 0));
    desk.view();
    desk.act(put('t2', 0, 0, 2, 2));
    desk.act({ type: 'save-scene', scene: sceneId('b'), name: 'B' });
    desk.act({ type: 'save-scene', scene: sceneId('a'), name: 'B' });
    desk.view();
    desk.act({ type: 'blur', tile: t1, on: true });
    desk.act({ type: 'remove-tile', tile: t2 });
    const afresh = new Y.Doc();
    Y.applyUpdate(afresh, Y.encodeStateAsUpdate(desk.doc));
    expect(openWall(afresh, main).view()).toEqual(desk.view());
    expect(desk.view().scenes.map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('what stays the same', () => {
  beforeEach(() => {
    for (const [tile, x] of [
      ['t1', 0],
      ['t2', 1],
      ['t3', 2],
    ] as const)
      desk.act(put(tile, x, 0));
    desk.act({ type: 'bench-tile', tile: tileId('t3') });
    desk.act({ type: 'save-scene', scene: sceneId('s'), name: 'S' });
    desk.act({ type: 'put-rule', rule: ruleId('r'), name: 'R', enabled: true, match: {} });
  });

  test('[W14] one tile moves: the others, the bench, scenes and rules keep their identity', () => {
    const before = desk.view();
    desk.act(move('t1', 0, 2));
    const after = desk.view();
    expect(after.tiles[0]).toBe(before.tiles[1]);
    expect(after.tiles[1]).not.toBe(before.tiles[0]);
    for (const part of ['bench', 'scenes', 'rules', 'grid', 'colours', 'problems'] as const)
      expect([part, after[part] === before[part]]).toEqual([part, true]);
  });

  test('[W14] one tile is blurred: the lists that it is not in keep their identity', () => {
    const before = desk.view();
    desk.act({ type: 'blur', tile: t1, on: true });
    const after = desk.view();
    expect(after.tiles[0]).not.toBe(before.tiles[0]);
    expect(after.tiles[1]).toBe(before.tiles[1]);
    expect(after.bench).toBe(before.bench);
  });

  test('[W14] the earlier view is not touched by what comes later', () => {
    const before = desk.view();
    const copy = structuredClone(before);
    desk.act(move('t1', 0, 2));
    desk.act({ type: 'set-grid', grid: { cols: 1, rows: 1 } });
    desk.view();
    expect(before).toEqual(copy);
  });

  test('[W14] listeners are told once a transaction, with what changed, and not when nothing shown did', () => {
    const told: WallChange[] = [];
    const stop = desk.wall.onChange((change) => told.push(change));
    desk.act(move('t1', 1, 0));
    expect(told).toHaveLength(1);
    expect(told[0]?.view).toBe(desk.view());
    expect([...(told[0]?.changed.tiles ?? [])].sort()).toEqual(['t1', 't2']);
    desk.act({ type: 'listen', tile: t1 });
    expect(told[1]?.changed).toEqual({ audio: new Set(['heard']) });
    desk.act({ type: 'blur', tile: t1, on: true });
    desk.act({ type: 'blur', tile: t1, on: true });
    expect(told).toHaveLength(3);
    desk.doc.getMap('meta').set('else', 1);
    expect(told).toHaveLength(3);
    stop();
    desk.act(move('t1', 2, 2));
    expect(told).toHaveLength(3);
  });

  test('[W14] a listener hears of changes that were looked at before it was told', () => {
    const told: WallChange[] = [];
    desk.wall.onChange((change) => told.push(change));
    const look = () => desk.view();
    desk.doc.getMap('tiles').observeDeep(look);
    desk.act(move('t1', 0, 1));
    expect(told.map(({ changed }) => [...(changed.tiles ?? [])])).toEqual([['t1']]);
  });

  test('[W14] after dispose nothing is followed any more', () => {
    let told = 0;
    desk.wall.onChange(() => told++);
    desk.wall.dispose();
    desk.doc.getMap('settings').set('name', 'X');
    expect(told).toBe(0);
  });
});

describe('received garbage', () => {
  const good = { stream: 's1', place };

  test('[W13] a tile without a readable stream or place is left out and reported', () => {
    plant(desk.doc, 'tiles', 'ok', good);
    plant(desk.doc, 'tiles', 'no-stream', { place });
    plant(desk.doc, 'tiles', 'bad-stream', { place, stream: 'a b' });
    plant(desk.doc, 'tiles', 'no-place', { stream: 's' });
    plant(desk.doc, 'tiles', 'bad-place', { stream: 's', place: { ...place, w: 0 } });
    expect(desk.view().tiles.map(({ id }) => id)).toEqual(['ok']);
    expect(desk.view().problems).toEqual([
      { root: 'tiles', id: 'bad-place', reason: 'its place cannot be read' },
      { root: 'tiles', id: 'bad-stream', reason: 'its stream cannot be read' },
      { root: 'tiles', id: 'no-place', reason: 'its place cannot be read' },
      { root: 'tiles', id: 'no-stream', reason: 'its stream cannot be read' },
    ]);
    expect(desk.view().problemCounts).toEqual({
      'its place cannot be read': 2,
      'its stream cannot be read': 2,
    });
  });

  test('[W13] an optional field that cannot be read falls back and is reported until it is mended', () => {
    plant(desk.doc, 'tiles', 't1', { ...good, fit: 'stretch', zoom: { factor: 1e9 }, rotation: 45 });
    expect(desk.view().tiles[0]).toMatchObject({ fit: 'cover', zoom: { factor: 1 }, rotation: 0 });
    expect(desk.view().problems).toHaveLength(3);
    desk.act({ type: 'set-fit', tile: t1, fit: 'contain' });
    expect(desk.view().problems).toHaveLength(2);
  });

  test('[W13] a placing whose stamp is absurd is the oldest, so it pushes nobody away', () => {
    plant(desk.doc, 'tiles', 'a', { stream: 's', place: { ...cell(0, 0), placedAt: 'zzzzzzzzzzzzzzzzzz' } });
    plant(desk.doc, 'tiles', 'b', good);
    expect(desk.view().tiles.map(({ id }) => id)).toEqual(['b']);
    desk.settle();
    desk.act(move('a', 0, 0));
    expect(desk.view().tiles.map(({ id }) => id)).toEqual(['a']);
  });

  test('[W13] names of object prototypes are names like any other', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      plant(desk.doc, 'tiles', name, { ...good, [name]: 'x' });
      plant(desk.doc, 'scenes', name, { name: 'x' });
      desk.doc.getMap('audio').set(name, 1);
      desk.doc.getMap('settings').set(name, 1);
    }
    expect(desk.view().tiles).toHaveLength(1);
    expect(desk.view().bench).toHaveLength(3);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    for (const { id } of [...desk.view().tiles, ...desk.view().bench])
      desk.act({ type: 'blur', tile: id, on: true });
    expect(desk.view().tiles[0]?.blurred).toBe(true);
  });

  test('[W13] settings, sound and scenes that cannot be read fall back; safety covers', () => {
    plant(desk.doc, 'tiles', 't1', good);
    const { doc } = desk;
    doc.getMap('settings').set('name', { v: '', t: BIRTH });
    doc.getMap('settings').set('grid', { v: { cols: 99, rows: 1 }, t: BIRTH });
    doc.getMap('audio').set('heard', { v: { tile: 't1' }, t: BIRTH });
    doc.getMap('audio').set('vol:t1', { v: 7, t: BIRTH });
    doc.getMap('audio').set('bg:t1', 'yes');
    doc.getMap('safety').set('blur:t1:nonsense', null);
    doc.getMap('safety').set('censor:', new Y.Array());
    plant(doc, 'scenes', 's', { name: 'S', arrangement: { grid: { cols: 1, rows: 1 }, tiles: 'all' } });
    plant(doc, 'rules', 'r', { name: 'R', enabled: 'yes', match: {}, by: 'user:x' });
    const view = desk.view();
    expect(view).toMatchObject({ name: 'Wall', grid: { cols: 3, rows: 3 }, heard: null, censored: true });
    expect(view.tiles[0]).toMatchObject({ volume: 1, background: false, blurred: true });
    expect([view.scenes, view.rules]).toEqual([[], []]);
    expect(view.problems.map(({ root, id }) => `${root} ${id}`)).toEqual([
      'audio bg:t1',
      'audio heard',
      'audio vol:t1',
      'rules r',
      'safety blur:t1:nonsense',
      'safety censor:',
      'scenes s',
      'settings grid',
      'settings name',
    ]);
    desk.act({ type: 'blur-all', on: false });
    desk.act({ type: 'censor', on: false });
    expect(desk.view()).toMatchObject({ censored: false, tiles: [{ blurred: false }] });
  });

  test('[W13] of more tiles than a wall shows, the oldest are shown, on every replica', () => {
    const limit = MAX_RECORDS.tiles;
    desk.act(put('mine', 2, 2));
    const late = `${(TEST_NOW + 1_000).toString(36)}00bbbbbbbb`;
    desk.doc.transact(() => {
      for (let i = 0; i < limit + 5; i++) plant(desk.doc, 'tiles', `flood${i}`, { ...good, '@': late });
    });
    const view = desk.view();
    expect(view.tiles.length + view.bench.length).toBe(limit);
    expect(view.tiles.map(({ id }) => id)).toContain('mine');
    expect(view.problems.map(({ reason }) => reason)).toEqual(Array(6).fill(`there are more than ${limit}`));
    const afresh = new Y.Doc();
    Y.applyUpdate(afresh, Y.encodeStateAsUpdate(desk.doc));
    expect(openWall(afresh, main).view()).toEqual(view);
  });

  test('[W13] garbage of any kind in any root never throws, in reading or in commanding', () => {
    const key = fc.oneof(
      fc.constantFrom(
        '@',
        'place',
        'stream',
        'fit',
        'x:t1',
        't1',
        'heard',
        'grid',
        'name',
        'blur:t1:',
        'censor:',
      ),
      fc.constantFrom('__proto__', 'constructor', GENERATION, '0gq#other123', 'b:', 'arrangement', 'match'),
      fc.string(),
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(BIRTH, place, { v: place, t: BIRTH }, { births: [BIRTH] }, 's1', new Uint8Array(3)),
    );
    const shared = fc.constantFrom('map', 'array', 'text', 'plain' as const);
    const edit = fc.record({
      root: fc.constantFrom('tiles', 'scenes', 'rules', 'settings', 'audio', 'safety', 'meta'),
      path: fc.array(key, { minLength: 1, maxLength: 4 }),
      kind: shared,
      value,
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const wall = createTestWall('a');
        wall.act(put('t1', 0, 0));
        wall.wall.onChange(() => undefined);
        for (const { root, path, kind, value: plain } of edits) {
          const keys = [...path];
          const last = keys.pop() ?? 'x';
          let map = wall.doc.getMap<unknown>(root);
          for (const name of keys) {
            if (!(map.get(name) instanceof Y.Map)) map.set(name, new Y.Map());
            map = map.get(name) as Y.Map<unknown>;
          }
          map.set(last, { map: new Y.Map(), array: new Y.Array(), text: new Y.Text('x'), plain }[kind]);
        }
        const view = wall.view();
        const afresh = new Y.Doc();
        Y.applyUpdate(afresh, Y.encodeStateAsUpdate(wall.doc));
        expect(openWall(afresh, main).view()).toEqual(view);
        wall.settle();
        wall.act({ type: 'blur-all', on: true });
        wall.act(put('new', 0, 0));
        expect(wall.view().tiles.some(({ id }) => id === 'new')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('[W13] a generation that goes, comes back or is replaced is followed', () => {
    plant(desk.doc, 'tiles', 't1', good);
    expect(desk.view().tiles).toHaveLength(1);
    desk.doc.getMap('tiles').set(GENERATION, 'not a map');
    expect(desk.view().tiles).toHaveLength(0);
    plant(desk.doc, 'tiles', 't2', good);
    expect(desk.view().tiles.map(({ id }) => id)).toEqual([t2]);
    desk.doc.getMap('tiles').delete(GENERATION);
    expect(desk.view().tiles).toHaveLength(0);
  });
});
