import { beforeEach, describe, expect, test } from 'vitest';
import { MAX_TILES } from '../model/arrangement.ts';
import { applyWallCommand } from './apply-wall-command.ts';
import type { WallCommand } from './command.ts';
import { arrangementOf, copyWall } from './copy-wall.ts';
import { DOCUMENT_VERSION, NEEDS_KEY } from './document-version.ts';
import { MAX_DOCUMENT_BYTES } from './limits.ts';
import {
  cell,
  createTestWall,
  move,
  placesOf,
  put,
  ruleId,
  sceneId,
  streamId,
  tileId,
  type TestWall,
} from './test-wall.ts';
import type { TileView } from './view.ts';

let desk: TestWall;
beforeEach(() => {
  desk = createTestWall('a');
});

const places = () => placesOf(desk.view());
const all = () => [...desk.view().tiles, ...desk.view().bench];
const tile = (id: string) => all().find((one) => one.id === id) as TileView;
const act = (...commands: WallCommand[]) => commands.forEach((command) => desk.act(command));
const t1 = tileId('t1');
const t2 = tileId('t2');

describe('placing', () => {
  test('[W2] a stream is put on the cells that were named, and a tile in the way is benched', () => {
    act(put('t1', 0, 0), put('t2', 1, 1), put('t3', 0, 0, 2, 1));
    expect(places()).toEqual({ wall: ['t3 0,0 2x1', 't2 1,1 1x1'], bench: ['t1'] });
  });

  test('[W2] a move and a resize are one step, and bench what is in the way', () => {
    act(put('t1', 0, 0), put('t2', 2, 2), move('t1', 1, 1, 2, 2));
    expect(places()).toEqual({ wall: ['t1 1,1 2x2'], bench: ['t2'] });
  });

  test('[W2] a tile may move onto cells that it has itself', () => {
    act(put('t1', 0, 0, 2, 2), move('t1', 1, 0, 2, 2));
    expect(places()).toEqual({ wall: ['t1 1,0 2x2'], bench: [] });
  });

  test('[W9] a stream without a place takes the first free cell, and the bench when there is none', () => {
    act({ type: 'set-grid', grid: { cols: 2, rows: 1 } }, put('t1', 0, 0));
    act({ type: 'place-stream', tile: t2, stream: streamId('s2') });
    act({ type: 'place-stream', tile: tileId('t3'), stream: streamId('s3') });
    expect(places()).toEqual({ wall: ['t1 0,0 1x1', 't2 1,0 1x1'], bench: ['t3'] });
    act({ type: 'set-grid', grid: { cols: 3, rows: 3 } });
    expect(places().bench).toEqual(['t3']);
  });

  test('[W9] a benched tile without a place takes the first free one of its size, else one cell', () => {
    act(put('t1', 0, 0, 2, 2), { type: 'bench-tile', tile: t1 }, put('t2', 1, 0));
    act({ type: 'place-tile', tile: t1 });
    expect(places().wall).toEqual(['t2 1,0 1x1', 't1 0,1 2x2']);
    act({ type: 'bench-tile', tile: t1 }, put('t3', 1, 1), { type: 'place-tile', tile: t1 });
    expect(places().wall).toEqual(['t1 0,0 1x1', 't2 1,0 1x1', 't3 1,1 1x1']);
  });

  test('[W9] a full wall says so', () => {
    act(put('t1', 0, 0), put('t2', 0, 0, 3, 3));
    expect(desk.refused({ type: 'place-tile', tile: t1 })).toMatchObject({
      reason: 'invalid',
      retryable: true,
    });
  });

  test('[W3] two tiles exchange their places, sizes and all', () => {
    act(put('t1', 0, 0, 2, 2), put('t2', 2, 2), { type: 'swap-tiles', tile: t1, with: t2 });
    expect(places()).toEqual({ wall: ['t2 0,0 2x2', 't1 2,2 1x1'], bench: [] });
  });

  test('[W3] a tile from the bench exchanges its seat with one on the wall, from either side', () => {
    act(put('t1', 0, 0, 2, 2), put('t2', 2, 2), { type: 'bench-tile', tile: t2 });
    act({ type: 'swap-tiles', tile: t2, with: t1 });
    expect(places()).toEqual({ wall: ['t2 0,0 2x2'], bench: ['t1'] });
    act({ type: 'swap-tiles', tile: t2, with: t1 });
    expect(places()).toEqual({ wall: ['t1 0,0 2x2'], bench: ['t2'] });
  });

  test('[W4] a benched tile stays on the bench when its cells come free, until it is placed', () => {
    act(put('t1', 0, 0), put('t2', 0, 0), { type: 'remove-tile', tile: t2 });
    expect(places()).toEqual({ wall: [], bench: ['t1'] });
    act(move('t1', 0, 0));
    expect(places()).toEqual({ wall: ['t1 0,0 1x1'], bench: [] });
  });

  test('[W4] a tile that was benched and placed often carries no trace of it', () => {
    act(put('t1', 0, 0));
    for (let i = 0; i < 20; i++) act({ type: 'bench-tile', tile: t1 }, move('t1', i % 3, 0));
    expect(desk.wall.state().tiles.get(t1)?.benchFields).toEqual([]);
  });

  test('[W5] a removed tile leaves nothing behind in sound and safety', () => {
    act(put('t1', 0, 0), { type: 'listen', tile: t1 }, { type: 'set-volume', tile: t1, volume: 0.5 });
    act({ type: 'set-background', tile: t1, on: true }, { type: 'blur', tile: t1, on: true });
    act({ type: 'remove-tile', tile: t1 });
    expect(all()).toEqual([]);
    const { audio, safety } = desk.wall.state();
    expect([audio.heard, audio.background.size, audio.volumes.size, safety.blurs.size]).toEqual([
      null,
      0,
      0,
      0,
    ]);
  });

  test('[W6] a smaller grid keeps what fits; a bigger one brings nothing back', () => {
    act(put('t1', 0, 0), put('t2', 2, 2), put('t3', 1, 0, 2, 1));
    act({ type: 'set-grid', grid: { cols: 2, rows: 2 } });
    expect(places()).toEqual({ wall: ['t1 0,0 1x1'], bench: ['t2', 't3'] });
    act({ type: 'set-grid', grid: { cols: 12, rows: 12 } });
    expect(places()).toEqual({ wall: ['t1 0,0 1x1'], bench: ['t2', 't3'] });
    expect(desk.undo()).toBe('');
    expect(desk.undo()).toBe('');
    expect(places()).toEqual({ wall: ['t1 0,0 1x1', 't3 1,0 2x1', 't2 2,2 1x1'], bench: [] });
  });

  test('[W4] who has to leave is benched in the very transaction that makes them leave', () => {
    const steps: WallCommand[] = [
      { type: 'set-grid', grid: { cols: 2, rows: 2 } },
      { type: 'apply-scene', scene: sceneId('empty') },
      put('t2', 2, 2),
      move('t0', 2, 2),
      { type: 'promote-tile', tile: tileId('t0') },
    ];
    act({ type: 'save-scene', scene: sceneId('empty'), name: 'Empty' });
    for (let i = 0; i < 8; i++) act(put(`t${i + 10}`, i % 3, Math.floor(i / 3)));
    act({ type: 'remove-tile', tile: tileId('t10') }, put('t0', 0, 0), put('t1', 2, 2));
    for (const step of steps) {
      desk.act(step);
      expect(desk.view().bench).not.toEqual([]);
      expect([step.type, desk.settle()]).toEqual([step.type, null]);
      desk.undo();
    }
  });

  test('[W10] a promoted tile is the biggest; the others stand around it and the rest is benched', () => {
    for (let i = 0; i < 9; i++) act(put(`t${i}`, i % 3, Math.floor(i / 3)));
    act({ type: 'promote-tile', tile: tileId('t4') });
    expect(tile('t4').place).toEqual(cell(1, 1, 2, 2));
    expect([desk.view().tiles.length, desk.view().bench.length]).toEqual([6, 3]);
    expect(desk.undo()).toBe('');
    expect(desk.view().tiles).toHaveLength(9);
    expect(tile('t4').place).toEqual(cell(1, 1));
  });

  test('[W10] a tile is promoted from the bench, silently', () => {
    act(put('t1', 0, 0), { type: 'listen', tile: t1 }, { type: 'bench-tile', tile: t1 }, put('t2', 1, 1));
    act({ type: 'promote-tile', tile: t1 });
    expect(tile('t1')).toMatchObject({ place: cell(0, 0, 2, 2), heard: false });
  });
});

describe('sound', () => {
  beforeEach(() => act(put('t1', 0, 0), put('t2', 1, 0)));

  test('[W8] to listen to one tile ends listening to the other', () => {
    act({ type: 'listen', tile: t1 }, { type: 'listen', tile: t2 });
    expect([desk.view().heard, tile('t1').heard, tile('t2').heard]).toEqual([t2, false, true]);
    act({ type: 'listen', tile: null });
    expect(desk.view().heard).toBe(null);
  });

  test('[W8] a benched tile is not heard, cannot be listened to, and comes back silent', () => {
    act({ type: 'listen', tile: t1 }, { type: 'bench-tile', tile: t1 });
    expect([desk.view().heard, tile('t1').heard]).toEqual([null, false]);
    expect(desk.refused({ type: 'listen', tile: t1 }).reason).toBe('invalid');
    act(move('t1', 0, 0));
    expect([desk.view().heard, tile('t1').heard]).toEqual([null, false]);
  });

  test('[W8] swapped or brought back by a scene, a tile comes back silent as well', () => {
    act({ type: 'save-scene', scene: sceneId('s'), name: 'S' });
    act({ type: 'listen', tile: t1 }, { type: 'bench-tile', tile: t1 });
    act({ type: 'swap-tiles', tile: t2, with: t1 });
    expect(desk.view().heard).toBe(null);
    act(
      { type: 'listen', tile: t1 },
      { type: 'bench-tile', tile: t1 },
      { type: 'apply-scene', scene: sceneId('s') },
    );
    expect([desk.view().tiles.length, desk.view().heard]).toEqual([2, null]);
  });

  test('[W8] mute all ends everything that is heard, and its undo brings it back', () => {
    act({ type: 'listen', tile: t1 }, { type: 'set-background', tile: t2, on: true });
    act({ type: 'mute-all' });
    expect(all().some((one) => one.heard || one.background)).toBe(false);
    expect(desk.undo()).toBe('');
    expect([tile('t1').heard, tile('t2').background]).toEqual([true, true]);
  });

  test('[W8] background and volume belong to each tile', () => {
    act({ type: 'set-background', tile: t1, on: true }, { type: 'set-volume', tile: t2, volume: 0.25 });
    expect([tile('t1').background, tile('t1').volume]).toEqual([true, 1]);
    expect([tile('t2').background, tile('t2').volume]).toEqual([false, 0.25]);
    act({ type: 'set-background', tile: t1, on: false });
    expect(tile('t1').background).toBe(false);
  });
});

describe('safety', () => {
  beforeEach(() => act(put('t1', 0, 0), put('t2', 1, 0)));

  test('[W7] blurring what is blurred counts, and leaves one key', () => {
    act({ type: 'blur', tile: t1, on: true }, { type: 'blur', tile: t1, on: true });
    expect(desk.wall.state().safety.blurs.get(t1)).toHaveLength(1);
    expect([tile('t1').blurred, tile('t2').blurred]).toEqual([true, false]);
    act({ type: 'blur', tile: t1, on: false });
    expect(tile('t1').blurred).toBe(false);
  });

  test('[W7] blur all covers the bench too, and all come clear again', () => {
    act({ type: 'bench-tile', tile: t2 }, { type: 'blur-all', on: true });
    expect(all().map((one) => one.blurred)).toEqual([true, true]);
    act(move('t2', 2, 2));
    expect(tile('t2').blurred).toBe(true);
    act({ type: 'blur-all', on: false });
    expect(all().map((one) => one.blurred)).toEqual([false, false]);
  });

  test('[W7] covering the wall and uncovering it', () => {
    act({ type: 'censor', on: true }, { type: 'censor', on: true });
    expect(desk.view().censored).toBe(true);
    act({ type: 'censor', on: false });
    expect(desk.view().censored).toBe(false);
  });

  test('[W7] safety writes to no other root, so whoever may only blur can do it', () => {
    act({ type: 'censor', on: true });
    const roots = [
      desk.act({ type: 'blur', tile: t1, on: true }),
      desk.act({ type: 'blur-all', on: true }),
      desk.act({ type: 'blur-all', on: false }),
      desk.act({ type: 'censor', on: false }),
    ].flatMap((applied) => applied.changes.map((change) => change.root));
    expect([...new Set(roots)]).toEqual(['safety']);
  });

  test('[W7] a tile that is removed and brought back by undo is as blurred as it was', () => {
    act({ type: 'blur', tile: t1, on: true }, { type: 'remove-tile', tile: t1 });
    expect(desk.undo()).toBe('');
    expect(tile('t1')).toMatchObject({ blurred: true, place: cell(0, 0) });
  });
});

describe('pictures', () => {
  beforeEach(() => act(put('t1', 0, 0)));

  test('[W19] another stream keeps place, fit, sound and blur; zoom and rotation start anew', () => {
    act({ type: 'set-fit', tile: t1, fit: 'contain' }, { type: 'rotate-tile', tile: t1, rotation: 90 });
    act({ type: 'set-zoom', tile: t1, zoom: { factor: 2, panX: 0.5, panY: -1 } });
    act({ type: 'listen', tile: t1 }, { type: 'blur', tile: t1, on: true });
    expect(tile('t1')).toMatchObject({ rotation: 90, zoom: { factor: 2, panX: 0.5, panY: -1 } });
    act({ type: 'put-stream', tile: t1, stream: streamId('other') });
    expect(tile('t1')).toEqual({
      id: 't1',
      stream: 'other',
      place: cell(0, 0),
      fit: 'contain',
      zoom: { factor: 1, panX: 0, panY: 0 },
      rotation: 0,
      volume: 1,
      background: false,
      heard: true,
      blurred: true,
    });
    expect(desk.undo()).toBe('');
    expect(tile('t1')).toMatchObject({
      stream: 's-t1',
      rotation: 90,
      zoom: { factor: 2, panX: 0.5, panY: -1 },
    });
  });
});

describe('scenes', () => {
  const s = sceneId('s');

  test('[W11] a scene brings grid, places and fit back; tiles keep what is theirs', () => {
    act(put('t1', 0, 0, 2, 2), put('t2', 2, 2), { type: 'set-fit', tile: t1, fit: 'contain' });
    act({ type: 'save-scene', scene: s, name: 'Evening' });
    act({ type: 'set-grid', grid: { cols: 2, rows: 1 } }, { type: 'set-fit', tile: t1, fit: 'cover' });
    act({ type: 'remove-tile', tile: t2 }, put('t3', 0, 0), { type: 'blur', tile: t1, on: true });
    act({ type: 'apply-scene', scene: s });
    const view = desk.view();
    expect(view.grid).toEqual({ cols: 3, rows: 3 });
    expect(view.tiles.map(({ stream, place }) => [stream, place])).toEqual([
      ['s-t1', cell(0, 0, 2, 2)],
      ['s-t2', cell(2, 2)],
    ]);
    expect(tile('t1')).toMatchObject({ fit: 'contain', blurred: true });
    expect(view.bench.map(({ id }) => id)).toEqual(['t3']);
    expect(desk.refused({ type: 'apply-scene', scene: s }).reason).toBe('unchanged');
    expect(desk.undo()).toBe('');
    expect(places()).toEqual({ wall: ['t3 0,0 1x1'], bench: ['t1'] });
  });

  test('[W11] a tile without a part in the scene is benched, even where the scene leaves its cell free', () => {
    act(put('t1', 0, 0), { type: 'save-scene', scene: s, name: 'S' }, put('t2', 2, 2));
    act({ type: 'apply-scene', scene: s });
    expect(places()).toEqual({ wall: ['t1 0,0 1x1'], bench: ['t2'] });
  });

  test('[W11] a scene follows a stream that turned out to be another', () => {
    act(put('t1', 0, 0), { type: 'save-scene', scene: s, name: 'S' });
    act({ type: 'put-stream', tile: t1, stream: streamId('older') }, move('t1', 1, 1));
    const resolveStream = () => streamId('older');
    const context = { ...desk.context(), resolveStream };
    applyWallCommand(desk.doc, desk.wall, { type: 'apply-scene', scene: s }, context);
    expect(places()).toEqual({ wall: ['t1 0,0 1x1'], bench: [] });
  });

  test('[W11] scenes are saved anew under their id, renamed and deleted', () => {
    act(put('t1', 0, 0), { type: 'save-scene', scene: s, name: 'S' }, move('t1', 1, 1));
    act({ type: 'save-scene', scene: s, name: 'S' }, { type: 'rename-scene', scene: s, name: 'Night' });
    expect(desk.view().scenes).toEqual([
      {
        id: 's',
        name: 'Night',
        grid: { cols: 3, rows: 3 },
        tiles: [{ ...cell(1, 1), stream: 's-t1', fit: 'cover' }],
      },
    ]);
    act({ type: 'delete-scene', scene: s });
    expect(desk.view().scenes).toEqual([]);
    expect(desk.refused({ type: 'apply-scene', scene: s }).reason).toBe('not-found');
  });
});

describe('rules and settings', () => {
  const r = ruleId('r');
  const rule = (enabled: boolean): WallCommand => ({
    type: 'put-rule',
    rule: r,
    name: 'Oslo',
    enabled,
    match: { city: 'Oslo', tag: undefined },
  });

  test('[W16] a rule acts for whoever wrote it last', () => {
    act(rule(false), rule(true));
    expect(desk.view().rules).toEqual([
      { id: 'r', name: 'Oslo', enabled: true, match: { city: 'Oslo' }, by: 'user:a' },
    ]);
    expect(desk.refused(rule(true)).reason).toBe('unchanged');
    act({ type: 'remove-rule', rule: r });
    expect(desk.view().rules).toEqual([]);
  });

  test('[W12] name and colours', () => {
    act({ type: 'set-name', name: 'North' });
    act({ type: 'set-colours', colours: { background: '#00ff00', heard: '#abc' } });
    expect(desk.view()).toMatchObject({ name: 'North', colours: { background: '#00ff00', heard: '#abc' } });
    expect(desk.refused({ type: 'set-name', name: 'North' }).reason).toBe('unchanged');
  });
});

describe('arrangements', () => {
  beforeEach(() => {
    act(put('t1', 0, 0, 2, 2), put('t2', 2, 0), put('t3', 2, 2), { type: 'bench-tile', tile: tileId('t3') });
    act({ type: 'blur', tile: t2, on: true }, { type: 'listen', tile: t1 });
    act({ type: 'set-background', tile: t2, on: true }, { type: 'set-volume', tile: t2, volume: 0.5 });
    act({ type: 'save-scene', scene: sceneId('s'), name: 'S' });
    act({ type: 'put-rule', rule: ruleId('r'), name: 'R', enabled: true, match: { tag: 'x' } });
  });

  test('[W17] a wall is duplicated into an empty document: alike, but silent, with its rules off', () => {
    const copy = createTestWall('b');
    const load: WallCommand = { type: 'load-arrangement', arrangement: copyWall(desk.view(), 'Copy') };
    copy.act(load);
    const silent = (one: TileView) => ({ ...one, heard: false, background: false });
    expect(copy.view()).toEqual({
      ...desk.view(),
      name: 'Copy',
      heard: null,
      tiles: desk.view().tiles.map(silent),
      bench: desk.view().bench.map(silent),
      rules: [{ id: 'r', name: 'R', enabled: false, match: { tag: 'x' }, by: 'user:b' }],
    });
    copy.act(load);
    expect(copy.view().tiles).toHaveLength(2);
  });

  test('[W17] a wall is brought back to what it was; newer tiles are benched, newer blurs stay', () => {
    const then = desk.view();
    const arrangement = arrangementOf(then);
    act({ type: 'remove-tile', tile: t1 }, put('t9', 0, 0), {
      type: 'set-grid',
      grid: { cols: 12, rows: 12 },
    });
    act(move('t2', 11, 11), { type: 'mute-all' }, { type: 'blur', tile: tileId('t3'), on: true });
    act({ type: 'load-arrangement', arrangement });
    const now = desk.view();
    expect(now.tiles).toEqual(then.tiles);
    expect([now.grid, now.heard]).toEqual([then.grid, then.heard]);
    expect(now.bench.map(({ id, blurred }) => [id, blurred])).toEqual([
      ['t9', false],
      ['t3', true],
    ]);
  });
});

describe('refusals', () => {
  beforeEach(() => act(put('t1', 0, 0), put('t2', 1, 0)));

  test('[W18] what is not there', () => {
    const gone = tileId('gone');
    const commands: WallCommand[] = [
      { type: 'place-tile', tile: gone, at: cell(0, 0) },
      { type: 'swap-tiles', tile: t1, with: gone },
      { type: 'promote-tile', tile: gone },
      { type: 'bench-tile', tile: gone },
      { type: 'remove-tile', tile: gone },
      { type: 'listen', tile: gone },
      { type: 'set-background', tile: gone, on: true },
      { type: 'set-volume', tile: gone, volume: 0 },
      { type: 'blur', tile: gone, on: true },
      { type: 'put-stream', tile: gone, stream: streamId('s') },
      { type: 'rotate-tile', tile: gone, rotation: 90 },
      { type: 'rename-scene', scene: sceneId('gone'), name: 'X' },
      { type: 'delete-scene', scene: sceneId('gone') },
      { type: 'remove-rule', rule: ruleId('gone') },
    ];
    for (const command of commands) expect(desk.refused(command).reason).toBe('not-found');
  });

  test('[W18] what is so already', () => {
    act({ type: 'bench-tile', tile: t2 }, { type: 'listen', tile: t1 });
    const commands: WallCommand[] = [
      put('t1', 0, 0),
      move('t1', 0, 0),
      { type: 'place-tile', tile: t1 },
      { type: 'bench-tile', tile: t2 },
      { type: 'set-grid', grid: { cols: 3, rows: 3 } },
      { type: 'listen', tile: t1 },
      { type: 'set-background', tile: t1, on: false },
      { type: 'set-volume', tile: t1, volume: 1 },
      { type: 'blur', tile: t1, on: false },
      { type: 'blur-all', on: false },
      { type: 'censor', on: false },
      { type: 'rotate-tile', tile: t1, rotation: 0 },
      { type: 'set-fit', tile: t1, fit: 'cover' },
      { type: 'set-zoom', tile: t1, zoom: { factor: 1, panX: 0, panY: 0 } },
      { type: 'put-stream', tile: t1, stream: streamId('s-t1') },
    ];
    for (const command of commands)
      expect([command.type, desk.refused(command).reason]).toEqual([command.type, 'unchanged']);
  });

  test('[W18] what does not fit', () => {
    expect(desk.refused(move('t1', 2, 2, 2, 1)).reason).toBe('invalid');
    expect(desk.refused(put('t3', 3, 0)).reason).toBe('invalid');
    expect(desk.refused({ type: 'swap-tiles', tile: t1, with: t1 }).reason).toBe('invalid');
    expect(
      desk.refused({ type: 'place-stream', tile: t1, stream: streamId('another'), at: cell(0, 0) }).reason,
    ).toBe('invalid');
  });

  test('[W18] a document that needs a newer program is shown and not written to', () => {
    desk.doc.getMap('meta').set(NEEDS_KEY, DOCUMENT_VERSION + 1);
    expect(desk.refused(move('t1', 2, 2))).toMatchObject({ reason: 'too-old', retryable: false });
    expect([desk.settle(), desk.view().tiles.length]).toEqual([null, 2]);
  });

  test('[W18] a full document takes nothing new, but what is there can be covered, moved and removed', () => {
    const context = { ...desk.context(), documentBytes: MAX_DOCUMENT_BYTES + 1 };
    const answer = (command: WallCommand) => {
      const result = applyWallCommand(desk.doc, desk.wall, command, context);
      return result.ok ? 'done' : result.error.reason;
    };
    expect(answer(put('t3', 2, 2))).toBe('limit');
    expect(answer({ type: 'save-scene', scene: sceneId('s'), name: 'S' })).toBe('limit');
    expect(answer({ type: 'blur-all', on: true })).toBe('done');
    expect(answer(move('t1', 2, 2))).toBe('done');
    expect(answer({ type: 'remove-tile', tile: t1 })).toBe('done');
  });

  test('[W18] more tiles than a wall may have', () => {
    for (let i = 2; i < MAX_TILES; i++) act(put(`n${i}`, 0, 0));
    expect(desk.refused(put('more', 0, 0))).toMatchObject({ reason: 'limit', retryable: false });
    expect(all()).toHaveLength(MAX_TILES);
  });
});

describe('undo', () => {
  test('[W15] a drag of many moves is one undo step', () => {
    act(put('t1', 0, 0));
    for (const [x, y] of [
      [1, 0],
      [2, 0],
      [2, 1],
      [2, 2],
    ] as const)
      desk.act(move('t1', x, y), 'drag-7');
    expect(desk.undo()).toBe('');
    expect(places().wall).toEqual(['t1 0,0 1x1']);
    expect(desk.redo()).toBe('');
    expect(places().wall).toEqual(['t1 2,2 1x1']);
  });

  test('[W15] undo of a move brings back whom it pushed to the bench', () => {
    act(put('t1', 0, 0), put('t2', 1, 0), move('t1', 1, 0));
    expect(places()).toEqual({ wall: ['t1 1,0 1x1'], bench: ['t2'] });
    expect(desk.undo()).toBe('');
    expect(places()).toEqual({ wall: ['t1 0,0 1x1', 't2 1,0 1x1'], bench: [] });
    expect(desk.redo()).toBe('');
    expect(places()).toEqual({ wall: ['t1 1,0 1x1'], bench: ['t2'] });
  });

  test('[W15] every kind of step can be taken back and brought again', () => {
    act(put('t1', 0, 0), put('t2', 1, 0), { type: 'save-scene', scene: sceneId('s'), name: 'S' });
    act(put('t3', 2, 2), { type: 'listen', tile: t1 });
    const steps: WallCommand[] = [
      { type: 'swap-tiles', tile: t1, with: t2 },
      { type: 'promote-tile', tile: t2 },
      { type: 'bench-tile', tile: t1 },
      { type: 'remove-tile', tile: t2 },
      { type: 'set-grid', grid: { cols: 1, rows: 1 } },
      { type: 'set-colours', colours: { background: '#123', heard: '#456' } },
      { type: 'set-name', name: 'Else' },
      { type: 'mute-all' },
      { type: 'set-volume', tile: t1, volume: 0.1 },
      { type: 'blur', tile: t1, on: true },
      { type: 'blur-all', on: true },
      { type: 'censor', on: true },
      { type: 'rotate-tile', tile: t1, rotation: 270 },
      { type: 'apply-scene', scene: sceneId('s') },
      { type: 'delete-scene', scene: sceneId('s') },
      { type: 'put-rule', rule: ruleId('r'), name: 'R', enabled: true, match: {} },
    ];
    for (const step of steps) {
      const before = desk.view();
      desk.act(step);
      const after = desk.view();
      expect([step.type, desk.undo(), desk.view()]).toEqual([step.type, '', before]);
      expect([step.type, desk.redo(), desk.view()]).toEqual([step.type, '', after]);
      expect([step.type, desk.undo(), desk.view()]).toEqual([step.type, '', before]);
    }
  });
});
