import type { RuleMatch } from '../model/arrangement.ts';
import { TileId } from '../model/ids.ts';
import type { CellRect } from '../model/tile.ts';
import type { WallCommand } from './command.ts';
import { firstFreePlace } from './first-free-place.ts';
import type { RuleView, StreamView, WallView } from './view.ts';

/** What a rule does, to be sent in the name of the rule, with the rights of whoever switched it on. */
export type RuleDeed = Readonly<{ rule: RuleView; command: WallCommand }>;

/**
 * What a wall's rules do when these streams have just gone live: each that a rule names takes the first free cell. Nothing
 * that is there moves, and what lies on the bench stays there. Asked twice about the same broadcast, on one machine or on
 * two, it names the same tile, so that nothing is done twice.
 */
export function placeByRules(wall: WallView, wentLive: readonly StreamView[]): readonly RuleDeed[] {
  const rules = wall.rules.filter(({ enabled }) => enabled);
  const shown = new Set([...wall.tiles, ...wall.bench].map(({ stream }) => stream));
  const taken: CellRect[] = wall.tiles.flatMap(({ place }) => (place === null ? [] : [place]));
  const deeds: RuleDeed[] = [];
  for (const stream of wentLive) {
    const rule =
      shown.has(stream.id) || !mayPlace(stream)
        ? undefined
        : rules.find(({ match }) => matches(match, stream));
    if (rule === undefined) continue;
    const at = firstFreePlace(wall.grid, taken);
    if (at === null) break;
    taken.push(at);
    shown.add(stream.id);
    deeds.push({ rule, command: { type: 'place-stream', tile: tileOf(stream), stream: stream.id, at } });
  }
  return deeds;
}

const mayPlace = ({ status, moderation, archived, kind }: StreamView) =>
  status === 'live' &&
  archived !== true &&
  moderation !== 'waiting' &&
  moderation !== 'refused' &&
  kind !== 'background' &&
  kind !== 'overlay';

/** A rule that names nothing means the pinned streams, not all there are. */
function matches({ tag, city, platform }: Readonly<RuleMatch>, stream: StreamView): boolean {
  if (tag === undefined && city === undefined && platform === undefined) return stream.pinned === true;
  const same = (wanted: string | undefined, has: string | undefined) =>
    wanted === undefined || wanted.toLowerCase() === has?.toLowerCase();
  const hasTag = tag === undefined || stream.tags?.some((each) => same(tag, each)) === true;
  return hasTag && same(city, stream.city) && same(platform, stream.platform);
}

/** One tile for each time that a stream goes live. */
function tileOf({ id, startedAt, statusAt }: StreamView): TileId {
  return TileId.parse(`r${id.slice(0, 20)}${(startedAt ?? statusAt ?? 0).toString(36)}`.slice(0, 32));
}
