import { placeByRules } from '#shared/document/place-by-rules.ts';
import { rotateByRules, type Turns } from '#shared/document/rotate-by-rules.ts';
import { actorOfRule } from '#shared/document/rule-sight.ts';
import type { CatalogueView, WallView } from '#shared/document/view.ts';
import type { WallId } from '#shared/model/ids.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { SyncTimers } from '#shared/replica/sync-surroundings.ts';

export type DeskRulesParts = {
  readonly replica: Pick<Replica, 'catalogue' | 'openWall' | 'wall' | 'sendAs'>;
  readonly timers: SyncTimers;
  readonly nowMs: () => number;
  /** A desk of a team leaves the rules to the server. */
  readonly isAlone: () => boolean;
};

const ROUND_MS = 1_000;
/** How much one round may put on a wall. */
const MOST_AT_ONCE = 4;

/** Carries out the rules of all walls of a desk that has no server. @returns how to stop, and wait for what is under way */
export function startDeskRules(parts: DeskRulesParts): () => Promise<void> {
  const rounds = new Map<WallId, Round>();
  let underWay: Promise<void> = Promise.resolve();
  let isStopped = false;
  let callOff = (): void => undefined;
  const again = (): void => {
    if (isStopped) return;
    callOff = parts.timers.after(ROUND_MS, () => {
      underWay = perform(parts, rounds).then(again);
    });
  };
  again();
  return async () => {
    isStopped = true;
    callOff();
    await underWay;
  };
}

/** What the last round saw of a wall. */
type Round = { catalogue: CatalogueView; wall: WallView; turns: Turns };

async function perform(parts: DeskRulesParts, rounds: Map<WallId, Round>): Promise<void> {
  if (!parts.isAlone()) return rounds.clear();
  const catalogue = parts.replica.catalogue();
  for (const { id, archived } of catalogue.walls.values())
    if (!archived) await performOn(parts, rounds, id, catalogue);
}

async function performOn(
  { replica, nowMs }: DeskRulesParts,
  rounds: Map<WallId, Round>,
  id: WallId,
  catalogue: CatalogueView,
): Promise<void> {
  if (replica.wall(id) === undefined) await replica.openWall(id);
  const wall = replica.wall(id);
  if (wall === undefined || !wall.rules.some(({ enabled }) => enabled)) return void rounds.delete(id);
  const last = rounds.get(id);
  const sight = { wall, streams: [...catalogue.streams.values()], resolve: catalogue.resolve };
  const { deeds, turns } = rotateByRules(sight, last?.turns ?? new Map(), nowMs());
  const isNew = last?.wall !== wall || last.catalogue !== catalogue;
  rounds.set(id, { catalogue, wall, turns });
  for (const { rule, command } of [...(isNew ? placeByRules(sight, MOST_AT_ONCE) : []), ...deeds])
    await replica.sendAs(actorOfRule(rule), { document: 'wall', wall: id, command });
}
