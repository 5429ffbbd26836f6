import { expect, it } from 'vitest';
import { TileId } from '../model/ids.ts';
import { readShownTiles, showTiles } from './tile-presence.ts';
import type { TileReport, TileState } from './tile-report.ts';

const a = TileId.parse('a');
const b = TileId.parse('b');
const playing = (tile: TileId): TileReport => {
  return { tile, state: 'playing', fault: null, words: '', sinceMs: 0, retryAtMs: null };
};
const crashed = (tile: TileId, state: TileState, words = 'The page crashed.'): TileReport => {
  return { tile, state, fault: 'crashed', words, sinceMs: 3, retryAtMs: 8 };
};
const output = (name: string, reports: readonly TileReport[]) => ({
  ...{ name, shows: true, tiles: JSON.parse(JSON.stringify(showTiles(reports))) as unknown },
});

it('what a wall tells of its tiles is what others read', () => {
  const reports = [playing(a), crashed(b, 'retrying')];
  expect(readShownTiles(new Map([[1, output('Desk', reports)]]))).toEqual(reports);
});

it('of a tile on two screens the worse is told, and whose screen that is', () => {
  const one = output('Desk 1', [playing(a), crashed(b, 'failed')]);
  const two = output('Desk 2', [crashed(a, 'stalled'), playing(b)]);
  const told = [
    { tile: a, state: 'stalled', words: 'Desk 2: The page crashed.' },
    { tile: b, state: 'failed', words: 'Desk 1: The page crashed.' },
  ];
  const states: [number, unknown][] = [
    [7, two],
    [2, one],
  ];
  expect(readShownTiles(new Map(states))).toMatchObject(told);
  expect(readShownTiles(new Map(states.toReversed()))).toMatchObject(told);
});

it('a wall whose tiles all fail with long words stays within what presence has room for', () => {
  const reports = Array.from({ length: 400 }, (_, n) =>
    crashed(TileId.parse(`tile-of-a-usual-length-${String(n)}`), 'failed', 'x'.repeat(5_000)),
  );
  const shown = showTiles(reports);
  expect(JSON.stringify(shown).length).toBeLessThan(16_000);
  expect(readShownTiles(new Map([[1, output('Desk', reports)]]))).toHaveLength(144);
});

it.each([
  [null],
  [{ shows: true }],
  [{ tiles: showTiles([playing(a)]) }],
  [{ shows: true, tiles: { plays: ['a'], others: [['b', 'flying', null, '', 0, null]] } }],
  [{ shows: true, tiles: { plays: Array.from({ length: 145 }, (_, n) => String(n)), others: [] } }],
  [{ shows: true, tiles: { plays: [], others: [['b', 'failed', null, 'x'.repeat(161), 0, null]] } }],
])('what is no wall’s presence, as %j, tells nothing', (state) => {
  expect(readShownTiles(new Map([[1, state]]))).toEqual([]);
});
