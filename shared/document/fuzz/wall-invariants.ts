import type { Stamp } from '../../kernel/stamp.ts';
import type { TileId } from '../../model/ids.ts';
import { fitsGrid, inReadingOrder, overlaps } from '../cell-map.ts';
import type { Applied } from '../op.ts';
import type { WallView } from '../view.ts';
import type { WallState } from '../wall-state.ts';

/** What must hold of any wall after any history. All are pure; an empty list means that all is well. */

/** What is wrong with a wall as it is seen, in words. */
export function wallViolations(view: WallView): readonly string[] {
  const wrong: string[] = [];
  const { tiles, bench, grid, heard } = view;
  for (const [index, { id, place }] of tiles.entries()) {
    if (place === null) {
      wrong.push(`${id} is on the wall without a place`);
      continue;
    }
    if (!fitsGrid(place, grid)) wrong.push(`${id} is off the grid`);
    const before = tiles[index - 1]?.place;
    if (before && inReadingOrder(before, place) >= 0) wrong.push(`${id} is out of reading order`);
    for (const other of tiles.slice(index + 1))
      if (other.place !== null && overlaps(place, other.place)) wrong.push(`${id} overlaps ${other.id}`);
  }
  for (const { id, place } of bench) if (place !== null) wrong.push(`${id} has a place on the bench`);
  const all = [...tiles, ...bench].map(({ id }) => id);
  if (new Set(all).size !== all.length) wrong.push('a tile is there twice');
  const listened = [...tiles, ...bench].filter((tile) => tile.heard).map(({ id }) => id);
  if (listened.length > 1) wrong.push(`${listened.join(' and ')} are heard at once`);
  if ((listened[0] ?? null) !== heard) wrong.push(`heard is ${heard}, but ${listened[0]} says it is`);
  if (bench.some((tile) => tile.heard)) wrong.push('a tile on the bench is heard');
  if (view.problems.length > 0) wrong.push(`something cannot be read: ${JSON.stringify(view.problems[0])}`);
  return wrong;
}

/**
 * Which tiles have to be there, from what all desks did: every tile that was made, and not removed by somebody who had seen
 * it made. A tile counts by its births, for it can be removed and brought back.
 */
export function createTileLedger() {
  const made = new Map<string, Set<Stamp>>();
  const removed = new Set<Stamp>();
  return {
    /** Takes note of what any desk applied, undo, settling and rescue included. */
    note({ changes }: Applied): void {
      for (const change of changes) {
        if (change.type === 'created' && change.root === 'tiles') {
          const births = made.get(change.id) ?? new Set();
          for (const birth of change.record.births) births.add(birth);
          made.set(change.id, births);
        } else if (change.type === 'removed' && change.root === 'tiles') {
          for (const birth of change.before.births) removed.add(birth);
        }
      }
    },
    /** What is wrong with a wall that has everything that was noted. */
    violations(view: WallView): readonly string[] {
      const shown = new Set<string>([...view.tiles, ...view.bench].map(({ id }) => id));
      const wrong: string[] = [];
      for (const [id, births] of made) {
        const lives = [...births].some((birth) => !removed.has(birth));
        if (lives && !shown.has(id)) wrong.push(`${id} is lost: nobody removed it`);
        if (!lives && shown.has(id)) wrong.push(`${id} is there, although it was removed`);
      }
      for (const id of shown) if (!made.has(id)) wrong.push(`${id} is there, although nobody made it`);
      return wrong;
    },
  };
}

/**
 * Tiles that came back on air by themselves between two looks of one desk, the first of them settled: they are on the wall
 * by a placing that had ended on the bench. Undo may do that, when it takes the benching back; `excused` names those.
 */
export function jumpedBack(
  before: WallState,
  after: WallState,
  excused: ReadonlySet<string> = new Set(),
): readonly TileId[] {
  const benched = before.arrangement.bench.filter((tile) => !excused.has(tile.id));
  const onAir = new Map(after.arrangement.placed.map((tile) => [tile.id, tile.place.placedAt]));
  return benched.filter((tile) => onAir.get(tile.id) === tile.place.placedAt).map(({ id }) => id);
}

/** Tiles that came clear although nobody who saw the blur took it away; `lifted` are the blur keys that somebody deleted. */
export function uncovered(
  before: WallState,
  after: WallState,
  lifted: ReadonlySet<string>,
): readonly TileId[] {
  return [...before.safety.blurs]
    .filter(([id, keys]) => keys.some((key) => !lifted.has(key)) && !after.safety.blurs.has(id))
    .map(([id]) => id);
}
