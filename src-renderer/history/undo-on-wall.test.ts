import { describe, expect, it } from 'vitest';
import { arrangementOf } from '#shared/document/copy-wall.ts';
import type { WallView } from '#shared/document/view.ts';
import { tileId, tileOf, wallOf } from '../wall-grid/sample-wall.ts';
import { undoOnWall } from './undo-on-wall.ts';

const undo = (before: WallView, after: WallView, now: WallView = after) =>
  undoOnWall({ before: arrangementOf(before), after: arrangementOf(after), now: arrangementOf(now) });
const one = { w: 1, h: 1 };

describe('a step of somebody else is taken back', () => {
  it('where a tile came, left or moved', () => {
    expect(undo(wallOf(['a.']), wallOf(['ab']))).toEqual([{ type: 'remove-tile', tile: 'b' }]);
    expect(undo(wallOf(['ab']), wallOf(['a.']))).toMatchObject([
      { type: 'place-stream', tile: 'b', stream: 'of-b', at: { x: 1, y: 0, ...one } },
      { type: 'set-fit' },
      { type: 'set-zoom' },
      { type: 'rotate-tile' },
    ]);
    expect(undo(wallOf(['a.']), wallOf(['.a']))).toEqual([
      { type: 'place-tile', tile: 'a', at: { x: 0, y: 0, ...one } },
    ]);
    expect(undo(wallOf(['a.'], 'b'), wallOf(['ab']))).toEqual([{ type: 'bench-tile', tile: 'b' }]);
  });

  it('where two were swapped, each of which stands where the other is to go', () => {
    expect(undo(wallOf(['ab']), wallOf(['ba']))).toEqual([
      { type: 'place-tile', tile: 'a', at: { x: 0, y: 0, ...one } },
      { type: 'place-tile', tile: 'b', at: { x: 1, y: 0, ...one } },
    ]);
  });

  it('where sound, picture, safety, name, grid, scenes or rules were changed', () => {
    const scene = { id: 's' as never, name: 'S', grid: { cols: 1, rows: 1 }, tiles: [] };
    const rule = { id: 'r' as never, name: 'R', enabled: true, match: {} };
    const before = wallOf(['a'], '', { name: 'Old', scenes: [scene] });
    const tile = tileOf('a', { x: 0, y: 0, ...one }, { volume: 0.5, blurred: true, fit: 'contain' });
    const after = wallOf(['a'], '', {
      ...{ name: 'New', censored: true, heard: tileId('a'), grid: { cols: 2, rows: 1 }, tiles: [tile] },
      scenes: [],
      rules: [{ ...rule, by: 'user:x' as never }],
    });
    expect(undo(before, after).map(({ type }) => type)).toEqual([
      ...['set-name', 'set-grid', 'censor', 'set-fit', 'set-volume', 'blur', 'listen'],
      ...['load-arrangement', 'remove-rule'],
    ]);
  });
});

describe('what somebody did since stands', () => {
  it('a tile that was moved on, changed or taken off again is left alone', () => {
    expect(undo(wallOf(['a..']), wallOf(['.a.']), wallOf(['..a']))).toEqual([]);
    expect(undo(wallOf(['a.']), wallOf(['ab']), wallOf(['a.', '.b']))).toEqual([]);
    expect(undo(wallOf(['ab']), wallOf(['a.']), wallOf(['ab']))).toEqual([]);
  });

  it('a place that was taken since is not taken back', () => {
    expect(undo(wallOf(['a.']), wallOf(['.a']), wallOf(['ca']))).toEqual([]);
    expect(undo(wallOf(['ab']), wallOf(['a.']), wallOf(['ac']))[0]).toEqual({
      ...{ type: 'place-stream', tile: 'b', stream: 'of-b' },
    });
  });

  it('a name that was given since stays', () => {
    const [before, after, now] = ['Old', 'New', 'Newest'].map((name) => wallOf(['a'], '', { name }));
    expect(undo(before!, after!, now)).toEqual([]);
  });
});
