import { describe, expect, it } from 'vitest';
import { decideResize, resizeByKey, type Edge } from './decide-resize.ts';

const place = { x: 2, y: 2, w: 2, h: 2 };

describe('pulling an edge', () => {
  it.each<[Edge, { x: number; y: number }, typeof place]>([
    ['e', { x: 5, y: 0 }, { x: 2, y: 2, w: 4, h: 2 }],
    ['s', { x: 0, y: 4 }, { x: 2, y: 2, w: 2, h: 3 }],
    ['w', { x: 0, y: 9 }, { x: 0, y: 2, w: 4, h: 2 }],
    ['n', { x: 9, y: 1 }, { x: 2, y: 1, w: 2, h: 3 }],
    ['se', { x: 2, y: 5 }, { x: 2, y: 2, w: 1, h: 4 }],
    ['nw', { x: 1, y: 0 }, { x: 1, y: 0, w: 3, h: 4 }],
    ['ne', { x: 4, y: 3 }, { x: 2, y: 3, w: 3, h: 1 }],
    ['sw', { x: 3, y: 2 }, { x: 3, y: 2, w: 1, h: 1 }],
  ])('%s follows the pointer and leaves the opposite edge where it is', (edge, cell, expected) => {
    expect(decideResize(place, edge, cell)).toEqual(expected);
  });

  it('past the opposite edge leaves one cell', () => {
    expect(decideResize(place, 'e', { x: 0, y: 0 })).toEqual({ x: 2, y: 2, w: 1, h: 2 });
    expect(decideResize(place, 'nw', { x: 7, y: 7 })).toEqual({ x: 3, y: 3, w: 1, h: 1 });
  });
});

describe('resizing by key', () => {
  const grid = { cols: 4, rows: 4 };

  it('grows to the right and down, shrinks to the left and up', () => {
    const small = { x: 1, y: 1, w: 2, h: 2 };
    expect(resizeByKey(small, 'right', grid)).toEqual({ ...small, w: 3 });
    expect(resizeByKey(small, 'left', grid)).toEqual({ ...small, w: 1 });
    expect(resizeByKey(small, 'down', grid)).toEqual({ ...small, h: 3 });
    expect(resizeByKey(small, 'up', grid)).toEqual({ ...small, h: 1 });
  });

  it('ends at the edge of the wall and at one cell', () => {
    expect(resizeByKey(place, 'right', grid)).toBe(null);
    expect(resizeByKey({ ...place, w: 1 }, 'left', grid)).toBe(null);
  });
});
