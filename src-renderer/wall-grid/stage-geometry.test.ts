import { describe, expect, it } from 'vitest';
import { cellAt, nearestCell, stageShares } from './stage-geometry.ts';

const stage = { left: 100, top: 50, width: 400, height: 300 };
const grid = { cols: 4, rows: 3 };

describe('the cell under the pointer', () => {
  it('is found anywhere on the stage, edges included', () => {
    expect(cellAt({ x: 100, y: 50 }, stage, grid)).toEqual({ x: 0, y: 0 });
    expect(cellAt({ x: 199.9, y: 149.9 }, stage, grid)).toEqual({ x: 0, y: 0 });
    expect(cellAt({ x: 200, y: 150 }, stage, grid)).toEqual({ x: 1, y: 1 });
    expect(cellAt({ x: 499.9, y: 349.9 }, stage, grid)).toEqual({ x: 3, y: 2 });
  });

  it('is nowhere beside it', () => {
    expect(cellAt({ x: 99, y: 60 }, stage, grid)).toBe(null);
    expect(cellAt({ x: 500, y: 60 }, stage, grid)).toBe(null);
    expect(cellAt({ x: 120, y: 350 }, stage, grid)).toBe(null);
  });

  it('is the nearest one for what follows the pointer beyond the stage', () => {
    expect(nearestCell({ x: -900, y: 9000 }, stage, grid)).toEqual({ x: 0, y: 2 });
    expect(nearestCell({ x: 900, y: 0 }, stage, grid)).toEqual({ x: 3, y: 0 });
  });

  it('is the first one on a stage without size', () => {
    expect(nearestCell({ x: 5, y: 5 }, { left: 0, top: 0, width: 0, height: 0 }, grid)).toEqual({
      x: 0,
      y: 0,
    });
  });
});

it('a tile takes its share of the stage', () => {
  expect(stageShares({ x: 1, y: 0, w: 2, h: 3 }, grid)).toEqual({
    left: '25%',
    top: '0%',
    width: '50%',
    height: '100%',
  });
});
