import { TileId, type StreamId } from '../model/ids.ts';
import type { CellRect } from '../model/tile.ts';
import { firstFreePlace } from './first-free-place.ts';
import { isTakenOffBy, mayPlace, matches, sinceMs, type RuleDeed, type RuleSight } from './rule-sight.ts';
import type { TileView } from './view.ts';

/**
 * What the rules of a wall that fill it do: each live stream that one of them names takes the first free cell, those that
 * are live longest first. Nothing that is there moves, what lies on the bench stays there, and what a person took off the
 * wall stays off for the rest of the broadcast. Asked twice, on one machine or on two, it names the same tile, so that
 * nothing is done twice.
 * @param most how many are placed at once
 */
export function placeByRules(sight: RuleSight, most: number): readonly RuleDeed[] {
  const { wall, streams, resolve } = sight;
  const rules = wall.rules.filter(({ enabled, rotate }) => enabled && rotate === undefined);
  if (rules.length === 0) return [];
  const tiles = [...wall.tiles, ...wall.bench];
  const shown = new Set(tiles.map(({ stream }) => resolve(stream)));
  const taken: CellRect[] = wall.tiles.flatMap(({ place }) => (place === null ? [] : [place]));
  const deeds: RuleDeed[] = [];
  const isTakenOff = isTakenOffBy(sight);
  const wanted = [...streams]
    .filter((stream) => mayPlace(stream) && !shown.has(stream.id) && !isTakenOff(stream))
    .sort((a, b) => sinceMs(a) - sinceMs(b) || (a.id < b.id ? -1 : 1));
  for (const stream of wanted) {
    const rule = rules.find(({ match }) => matches(match, stream));
    if (rule === undefined) continue;
    const at = deeds.length < most ? firstFreePlace(wall.grid, taken) : null;
    if (at === null) break;
    taken.push(at);
    const tile = tileFor(stream.id, tiles);
    deeds.push({ rule, command: { type: 'place-stream', tile, stream: stream.id, at, rule: rule.id } });
  }
  return deeds;
}

/** One tile a stream: two who place it at once, at a hand-over or apart, make one. Another if a person shows something else in it. */
function tileFor(stream: StreamId, tiles: readonly TileView[]): TileId {
  const usual = TileId.parse(`r${stream}`.slice(0, 32));
  return tiles.some(({ id }) => id === usual) ? TileId.parse(`s${stream}`.slice(0, 32)) : usual;
}
