import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { stampMs } from '../kernel/stamp.ts';
import { TEST_NOW } from './test-desk.ts';
import {
  cell,
  createTestWall,
  move,
  placesOf,
  put,
  sceneId,
  streamId,
  tileId,
  type TestWall,
} from './test-wall.ts';
import type { WallView } from './view.ts';

/** Each case twice: with the one or the other being whom Yjs prefers. */
const desks = [
  ['a', 'b'],
  ['b', 'a'],
] as const;

/**
 * The two get each other's edits, and two onlookers get both in either order. All must see the same, before and after
 * somebody has written down who lost their cells.
 */
function meet(one: TestWall, other: TestWall): WallView {
  const [mine, theirs] = [one, other].map((desk) => Y.encodeStateAsUpdate(desk.doc)) as [
    Uint8Array,
    Uint8Array,
  ];
  const [early, late] = [createTestWall('x'), createTestWall('y')];
  for (const update of [mine, theirs]) Y.applyUpdate(early.doc, update);
  for (const update of [theirs, mine]) Y.applyUpdate(late.doc, update);
  Y.applyUpdate(one.doc, theirs);
  Y.applyUpdate(other.doc, mine);
  for (const desk of [other, early, late]) expect(desk.view()).toEqual(one.view());
  const merged = one.view();
  for (const desk of [one, other]) desk.settle();
  const settled = [one, other].map((desk) => Y.encodeStateAsUpdate(desk.doc));
  for (const desk of [one, other, early, late]) for (const update of settled) Y.applyUpdate(desk.doc, update);
  for (const desk of [one, other, early, late]) expect(desk.view()).toEqual(merged);
  return merged;
}

/** Two desks that start from the same wall of 3 x 3 with these tiles. */
function startWith(
  names: readonly [string, string],
  ...tiles: readonly (readonly [string, number, number])[]
) {
  const [one, other] = [createTestWall(names[0]), createTestWall(names[1])];
  for (const [tile, x, y] of tiles) one.act(put(tile, x, y));
  Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(one.doc));
  return [one, other] as const;
}

const everyTile = ({ tiles, bench }: WallView) => [...tiles, ...bench].map(({ id }) => id as string).sort();
const everyStream = ({ tiles, bench }: WallView) =>
  [...tiles, ...bench].map(({ stream }) => stream as string).sort();

describe.each(desks)('two desks at once (%s, %s)', (...names) => {
  test('[W3] two desks swap overlapping pairs: no stream is lost and none is there twice', () => {
    const [one, other] = startWith(names, ['t1', 0, 0], ['t2', 1, 0], ['t3', 2, 0]);
    one.act({ type: 'swap-tiles', tile: tileId('t1'), with: tileId('t2') });
    other.act({ type: 'swap-tiles', tile: tileId('t2'), with: tileId('t3') });
    const view = meet(one, other);
    expect(everyTile(view)).toEqual(['t1', 't2', 't3']);
    expect(everyStream(view)).toEqual(['s-t1', 's-t2', 's-t3']);
    expect(view.tiles.length).toBeGreaterThanOrEqual(2);
  });

  test('[W3] two desks make the same swap: the two have changed places once', () => {
    const [one, other] = startWith(names, ['t1', 0, 0], ['t2', 1, 0]);
    for (const desk of [one, other]) desk.act({ type: 'swap-tiles', tile: tileId('t1'), with: tileId('t2') });
    expect(placesOf(meet(one, other))).toEqual({ wall: ['t2 0,0 1x1', 't1 1,0 1x1'], bench: [] });
  });

  test('[W3] two desks put different streams on one cell: one is shown, the other waits on the bench', () => {
    const [one, other] = startWith(names);
    one.act(put('t1', 1, 1));
    other.act(put('t2', 1, 1));
    const view = meet(one, other);
    expect([view.tiles.length, view.bench.length]).toEqual([1, 1]);
    expect(everyTile(view)).toEqual(['t1', 't2']);
  });

  test('[W2] one desk moves a tile while another resizes it: it is whole at one of the two places', () => {
    const [one, other] = startWith(names, ['t1', 0, 0]);
    one.act(move('t1', 2, 2));
    other.act(move('t1', 0, 0, 2, 2));
    const { wall } = placesOf(meet(one, other));
    expect([['t1 2,2 1x1'], ['t1 0,0 2x2']]).toContainEqual(wall);
  });

  test('[W2] a desk whose clock is behind places later than what it has seen', () => {
    const [ahead, behind] = [
      createTestWall(names[0], { nowMs: TEST_NOW + 60_000 }),
      createTestWall(names[1], { nowMs: TEST_NOW }),
    ];
    ahead.act(put('t1', 0, 0));
    meet(ahead, behind);
    behind.act(put('t2', 1, 0));
    const placedAt = (tile: string) => behind.wall.state().tiles.get(tileId(tile))?.place.placedAt ?? '';
    expect(placedAt('t2') > placedAt('t1')).toBe(true);
  });

  test('[W2] a clock that is a day ahead pulls nobody along, and its tile gives way all the same', () => {
    const [ahead, behind] = [
      createTestWall(names[0], { nowMs: TEST_NOW + 86_400_000 }),
      createTestWall(names[1], { nowMs: TEST_NOW }),
    ];
    ahead.act(put('t1', 0, 0));
    meet(ahead, behind);
    behind.act(put('t2', 1, 0));
    behind.act(put('t3', 0, 0));
    const placedAt = behind.wall.state().tiles.get(tileId('t2'))?.place.placedAt;
    expect(placedAt && stampMs(placedAt)).toBe(TEST_NOW);
    expect(placesOf(meet(ahead, behind))).toEqual({ wall: ['t3 0,0 1x1', 't2 1,0 1x1'], bench: ['t1'] });
  });

  test('[W5] move versus remove: the tile is removed, and the mover is told when they undo', () => {
    const [one, other] = startWith(names, ['t1', 0, 0], ['t2', 1, 0]);
    one.act(move('t1', 2, 2));
    other.act({ type: 'remove-tile', tile: tileId('t1') });
    expect(placesOf(meet(one, other))).toEqual({ wall: ['t2 1,0 1x1'], bench: [] });
    expect(one.undo()).toBe('That tile was removed since; nothing left to undo there.');
    expect(placesOf(one.view()).wall).toEqual(['t2 1,0 1x1']);
  });

  test('[W6] grid shrink versus place: the new tile is off the grid and waits on the bench', () => {
    const [one, other] = startWith(names, ['t1', 0, 0]);
    one.act({ type: 'set-grid', grid: { cols: 2, rows: 2 } });
    other.act(put('t2', 2, 2));
    expect(placesOf(meet(one, other))).toEqual({ wall: ['t1 0,0 1x1'], bench: ['t2'] });
    other.act({ type: 'set-grid', grid: { cols: 3, rows: 3 } });
    expect(placesOf(meet(one, other))).toEqual({ wall: ['t1 0,0 1x1'], bench: ['t2'] });
  });

  test('[W11] scene applied while another drags: every tile follows one of the two, none is lost', () => {
    const [one, other] = startWith(names, ['t1', 0, 0], ['t2', 1, 0], ['t3', 2, 0]);
    const evening = sceneId('evening');
    one.act({ type: 'save-scene', scene: evening, name: 'Evening' });
    one.act(move('t1', 0, 2));
    meet(one, other);
    one.act({ type: 'apply-scene', scene: evening });
    other.act(move('t1', 1, 1), 'drag');
    other.act(move('t1', 1, 0), 'drag');
    const view = meet(one, other);
    expect(everyTile(view)).toEqual(['t1', 't2', 't3']);
    expect(everyStream(view)).toEqual(['s-t1', 's-t2', 's-t3']);
    const t1 = view.tiles.find(({ id }) => id === 't1');
    expect([cell(0, 0), cell(1, 0), undefined]).toContainEqual(t1?.place);
  });

  test('[W11] one scene applied on two desks makes a missing tile once', () => {
    const [one, other] = startWith(names, ['t1', 0, 0]);
    one.act({ type: 'save-scene', scene: sceneId('one'), name: 'One' });
    one.act({ type: 'remove-tile', tile: tileId('t1') });
    meet(one, other);
    for (const desk of [one, other]) desk.act({ type: 'apply-scene', scene: sceneId('one') });
    const view = meet(one, other);
    expect(everyStream(view)).toEqual(['s-t1']);
    expect(view.tiles[0]?.place).toEqual(cell(0, 0));
  });

  test('[W7] two people blur and unblur at once: blurred wins', () => {
    const [one, other] = startWith(names, ['t1', 0, 0]);
    one.act({ type: 'blur', tile: tileId('t1'), on: true });
    meet(one, other);
    one.act({ type: 'blur', tile: tileId('t1'), on: false });
    other.act({ type: 'blur', tile: tileId('t1'), on: true });
    expect(meet(one, other).tiles[0]?.blurred).toBe(true);
    other.act({ type: 'blur', tile: tileId('t1'), on: false });
    expect(meet(one, other).tiles[0]?.blurred).toBe(false);
  });

  test('[W7] two people cover and uncover the wall at once: covered wins', () => {
    const [one, other] = startWith(names);
    one.act({ type: 'censor', on: true });
    meet(one, other);
    one.act({ type: 'censor', on: false });
    other.act({ type: 'censor', on: true });
    expect(meet(one, other).censored).toBe(true);
    one.act({ type: 'censor', on: false });
    expect(meet(one, other).censored).toBe(false);
  });

  test('[W7] a tile that one removes while another blurs it comes back blurred', () => {
    const [one, other] = startWith(names, ['t1', 0, 0]);
    one.act({ type: 'remove-tile', tile: tileId('t1') });
    other.act({ type: 'blur', tile: tileId('t1'), on: true });
    expect(meet(one, other).tiles).toEqual([]);
    expect(one.undo()).toBe('');
    expect(meet(one, other).tiles[0]?.blurred).toBe(true);
  });

  test('[W8] two people listen to different tiles at once: one is heard, never two', () => {
    const [one, other] = startWith(names, ['t1', 0, 0], ['t2', 1, 0]);
    one.act({ type: 'listen', tile: tileId('t1') });
    other.act({ type: 'listen', tile: tileId('t2') });
    const view = meet(one, other);
    expect(view.tiles.filter((tile) => tile.heard).map(({ id }) => id)).toEqual([view.heard]);
  });

  test('[W8] one listens to a tile that another removes: nothing is heard', () => {
    const [one, other] = startWith(names, ['t1', 0, 0]);
    one.act({ type: 'listen', tile: tileId('t1') });
    other.act({ type: 'remove-tile', tile: tileId('t1') });
    expect(meet(one, other).heard).toBe(null);
  });

  test('[W4] a tile pushed to the bench while its pusher moves on does not jump back on air', () => {
    const [one, other] = startWith(names, ['t1', 0, 0], ['t2', 1, 0]);
    one.act(move('t1', 1, 0));
    expect(placesOf(meet(one, other))).toEqual({ wall: ['t1 1,0 1x1'], bench: ['t2'] });
    one.act(move('t1', 2, 0));
    other.act(put('t3', 0, 0));
    expect(placesOf(meet(one, other))).toEqual({ wall: ['t3 0,0 1x1', 't1 2,0 1x1'], bench: ['t2'] });
  });

  test('[W4] who lost a cell to somebody apart stays benched when the winner leaves before anyone wrote it down', () => {
    const [one, other] = startWith(names);
    one.act(put('t1', 1, 1));
    other.act(put('t2', 1, 1));
    for (const desk of [one, other]) {
      const update = Y.encodeStateAsUpdate((desk === one ? other : one).doc);
      Y.applyUpdate(desk.doc, update);
    }
    const winner = one.view().tiles[0]?.id ?? '';
    const loser = one.view().bench[0]?.id ?? '';
    one.act(move(winner, 0, 0));
    expect(placesOf(meet(one, other))).toEqual({ wall: [`${winner} 0,0 1x1`], bench: [loser] });
  });

  test('[C2][C4] a rename of what two desks saved apart outlives the removal of one of the two copies', () => {
    const [one, other] = startWith(names);
    const scene = sceneId('s1');
    one.act({ type: 'save-scene', scene, name: 'One' });
    other.act({ type: 'save-scene', scene, name: 'Other' });
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(other.doc));
    one.act({ type: 'rename-scene', scene, name: 'Both' });
    other.act({ type: 'delete-scene', scene });
    expect(meet(one, other).scenes.map(({ name }) => name)).toEqual(['Both']);
  });

  test('[W4] benching one placing leaves the end of another standing for whoever has not heard of the one', () => {
    const [one, other] = startWith(['b', 'a'], ['t1', 0, 0]);
    one.act(move('t1', 1, 0));
    other.act(move('t1', 2, 0));
    other.act({ type: 'bench-tile', tile: tileId('t1') });
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(other.doc));
    expect(placesOf(one.view())).toEqual({ wall: ['t1 1,0 1x1'], bench: [] });
    // Started again, it writes as another Yjs client: what it writes can be heard before its placing is.
    one.doc.clientID = 900;
    const updates: Uint8Array[] = [];
    one.doc.on('update', (update: Uint8Array) => updates.push(update));
    one.act({ type: 'bench-tile', tile: tileId('t1') });
    for (const update of updates) Y.applyUpdate(other.doc, update);
    expect(placesOf(other.view())).toEqual({ wall: [], bench: ['t1'] });
  });

  test('[W4] placing a tile leaves the end of a placing standing that has not been heard of', () => {
    const [one, other] = startWith(['b', 'a'], ['t1', 0, 0]);
    const updates: Uint8Array[] = [];
    one.doc.on('update', (update: Uint8Array) => updates.push(update));
    one.act(move('t1', 1, 0));
    one.doc.clientID = 900;
    one.act({ type: 'bench-tile', tile: tileId('t1') });
    Y.applyUpdate(other.doc, updates[1]!);
    other.act(move('t1', 2, 0));
    Y.applyUpdate(other.doc, updates[0]!);
    expect(placesOf(other.view())).toEqual({ wall: [], bench: ['t1'] });
  });

  test('[W4] a bench said of an older placing does not take away a newer one', () => {
    const [one, other] = startWith(names, ['t1', 0, 0]);
    one.act({ type: 'bench-tile', tile: tileId('t1') });
    other.act(move('t1', 2, 1));
    expect(placesOf(meet(one, other))).toEqual({ wall: ['t1 2,1 1x1'], bench: [] });
  });

  test('[W15] undo after a remote edit: my move is taken back, the other edits stay', () => {
    const [one, other] = startWith(names, ['t1', 0, 0], ['t2', 1, 0]);
    one.act(move('t1', 2, 2));
    meet(one, other);
    other.act({ type: 'set-fit', tile: tileId('t1'), fit: 'contain' });
    other.act(move('t2', 0, 1));
    meet(one, other);
    expect(one.undo()).toBe('');
    const view = meet(one, other);
    expect(placesOf(view)).toEqual({ wall: ['t1 0,0 1x1', 't2 0,1 1x1'], bench: [] });
    expect(view.tiles[0]?.fit).toBe('contain');
  });

  test('[W15] undo after somebody moved the tile on does nothing and says so', () => {
    const [one, other] = startWith(names, ['t1', 0, 0], ['t2', 1, 0]);
    one.act({ type: 'set-fit', tile: tileId('t2'), fit: 'contain' });
    one.act(move('t1', 2, 2));
    meet(one, other);
    other.act(move('t1', 1, 1));
    meet(one, other);
    expect(one.undo()).toBe('That tile was changed again since; nothing left to undo there.');
    const view = meet(one, other);
    expect(placesOf(view).wall).toEqual(['t2 1,0 1x1', 't1 1,1 1x1']);
    expect(view.tiles[0]?.fit).toBe('contain');
  });

  test('[W19] another stream put into a tile while it is moved: the one tile has both', () => {
    const [one, other] = startWith(names, ['t1', 0, 0]);
    one.act({ type: 'put-stream', tile: tileId('t1'), stream: streamId('new') });
    other.act(move('t1', 2, 2));
    const view = meet(one, other);
    expect(placesOf(view).wall).toEqual(['t1 2,2 1x1']);
    expect(everyStream(view)).toEqual(['new']);
  });
});
