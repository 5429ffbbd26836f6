import { expect, it } from 'vitest';
import { TileId } from '#shared/model/ids.ts';
import type { TileLevel } from '#shared/protocol/tile-still.ts';
import { createLevels } from './levels.ts';

const level = (tile: string, peak: number): TileLevel => ({ tile: TileId.parse(tile), peak });

it('what several pages say is told as one, and silence is told once', () => {
  const levels = createLevels();
  const heard: (readonly string[])[] = [];
  levels.onLevels((all) => heard.push(all.map(({ tile, peak }) => `${tile} ${String(peak)}`)));
  levels.hear(0, [level('a', 0.5)]);
  levels.hear(1, [level('b', 0.25)]);
  levels.hear(0, []);
  levels.hear(0, []);
  levels.hear(1, []);
  expect(heard).toEqual([['a 0.5'], ['a 0.5', 'b 0.25'], ['b 0.25'], []]);
});
