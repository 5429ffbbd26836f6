import type { RuleId } from '../model/ids.ts';
import { isTakenOffBy, matches, mayPlace, type RuleDeed, type RuleSight } from './rule-sight.ts';
import type { RuleView } from './view.ts';

/** Which turn each rotating rule has had. Whoever performs the rules keeps it from one time to the next. */
export type Turns = ReadonlyMap<RuleId, number>;

/**
 * What the rules of a wall that rotate a tile do. Turns are counted by the time of day, and each has one answer: two who
 * perform a turn at once show the same, and who has just begun waits for the next turn. A tile that is heard, or shows what
 * the rule does not name because a person put it there, stays as it is.
 */
export function rotateByRules(
  sight: RuleSight,
  had: Turns,
  nowMs: number,
): { readonly deeds: readonly RuleDeed[]; readonly turns: Turns } {
  const turns = new Map<RuleId, number>();
  const deeds: RuleDeed[] = [];
  for (const rule of sight.wall.rules) {
    if (!rule.enabled || rule.rotate === undefined) continue;
    const turn = Math.floor(nowMs / (rule.rotate.everySeconds * 1000));
    const last = had.get(rule.id);
    turns.set(rule.id, turn);
    const deed = last === undefined || last === turn ? undefined : planTurn(sight, rule, turn);
    if (deed !== undefined) deeds.push(deed);
  }
  return { deeds, turns };
}

function planTurn(sight: RuleSight, rule: RuleView, turn: number): RuleDeed | undefined {
  const { wall, resolve } = sight;
  const tile = wall.tiles.find(({ id }) => id === rule.rotate?.tile);
  if (tile === undefined || tile.heard) return undefined;
  const shown = resolve(tile.stream);
  const elsewhere = new Set(
    [...wall.tiles, ...wall.bench].filter(({ id }) => id !== tile.id).map(({ stream }) => resolve(stream)),
  );
  const named = [...sight.streams].filter((stream) => matches(rule.match, stream));
  if (!named.some(({ id }) => id === shown)) return undefined;
  const isTakenOff = isTakenOffBy(sight);
  const list = named
    .filter((stream) => mayPlace(stream) && !elsewhere.has(stream.id))
    .filter((stream) => stream.id === shown || !isTakenOff(stream))
    .sort((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1));
  const next = list[turn % Math.max(list.length, 1)];
  if (next === undefined || next.id === shown) return undefined;
  return { rule, command: { type: 'put-stream', tile: tile.id, stream: next.id, rule: rule.id } };
}
