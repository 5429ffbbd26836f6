import type { WallArrangement } from '../model/arrangement.ts';
import type { WallView } from './view.ts';

/**
 * A wall as a value that `load-arrangement` takes, under another name. Nothing of a copy is heard and its rules are off, for
 * two walls that sound and place at once are not what a person wants who makes a copy; what is blurred stays blurred.
 */
export function copyWall(wall: WallView, name: string): WallArrangement {
  const same = arrangementOf(wall);
  return {
    ...same,
    name,
    heard: null,
    tiles: same.tiles.map((tile) => ({ ...tile, background: false })),
    rules: same.rules.map((rule) => ({ ...rule, enabled: false })),
  };
}

/** A wall exactly as it is seen: to bring it back later. */
export function arrangementOf({
  name,
  grid,
  colours,
  tiles,
  bench,
  heard,
  ...rest
}: WallView): WallArrangement {
  return {
    name,
    grid,
    colours,
    tiles: [...tiles, ...bench].map(({ heard: _, rule: __, ...tile }) => tile),
    heard,
    censored: rest.censored,
    scenes: rest.scenes.map(({ tiles: places, ...scene }) => ({ ...scene, tiles: [...places] })),
    rules: rest.rules.map(({ by: _, ...rule }) => rule),
  };
}
