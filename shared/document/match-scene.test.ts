import { describe, expect, test } from 'vitest';
import { StreamId } from '../model/ids.ts';
import { matchScene } from './match-scene.ts';

const stream = (id: string) => StreamId.parse(id);
const entry = (id: string, x: number) => ({ x, y: 0, w: 1, h: 1, stream: stream(id), fit: 'cover' as const });
const tile = (id: string, of: string, x: number | null) => ({
  id,
  stream: stream(of),
  place: x === null ? null : { x, y: 0, w: 1, h: 1 },
});
const asIs = (id: StreamId) => id;

describe('match-scene', () => {
  test('[W11] a place goes to the tile that stands there, before another that shows the same stream', () => {
    const tiles = [tile('t1', 'a', 2), tile('t2', 'a', 0), tile('t3', 'b', null)];
    const { taken, left } = matchScene([entry('a', 0), entry('b', 1), entry('c', 2)], tiles, asIs);
    expect(taken.map((match) => match.tile?.id ?? null)).toEqual(['t2', 't3', null]);
    expect(left.map((one) => one.id)).toEqual(['t1']);
  });

  test('[W11] a stream that stands twice in a scene takes two tiles, and never one tile twice', () => {
    const { taken } = matchScene([entry('a', 0), entry('a', 1)], [tile('t1', 'a', 5)], asIs);
    expect(taken.map((match) => match.tile?.id ?? null)).toEqual(['t1', null]);
  });

  test('[W11] a tile of a stream that turned out to be the same one is taken, not doubled', () => {
    const joined = (id: StreamId) => (id === 'newer' ? stream('older') : id);
    const { taken, left } = matchScene([entry('newer', 0)], [tile('t1', 'older', 3)], joined);
    expect(taken[0]?.tile?.id).toBe('t1');
    expect(left).toEqual([]);
  });
});
