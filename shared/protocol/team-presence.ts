import { z } from 'zod';
import { StreamId, TileId, WallId } from '../model/ids.ts';
import { CellRect } from '../model/tile.ts';
import type { ShownDelay } from './delay-presence.ts';
import type { ShownTiles } from './tile-presence.ts';
import { readWorkerPresence, type WorkerPresence } from './worker-presence.ts';

/** Where somebody's hands are, as they say of themselves in the presence of a wall. Never trusted, only shown. */
export const Touch = z.strictObject({
  wall: WallId,
  /** What they are at: a tile, a cell of the grid, or a row of the list. */
  at: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('tile'), tile: TileId }),
      z.strictObject({ kind: z.literal('cell'), x: z.number().int().min(0), y: z.number().int().min(0) }),
      z.strictObject({ kind: z.literal('stream'), stream: StreamId }),
    ])
    .nullable(),
  /** Where what they have in the hand would stand. */
  ghost: z.strictObject({ at: CellRect, stream: StreamId.nullable() }).nullable(),
  typing: z.boolean(),
});
export type Touch = z.infer<typeof Touch>;

/** Who else is at the team's walls. A machine that shows a wall is there beside whoever sits at it. */
export type TeamPerson = Readonly<{
  name: string;
  kind: 'person' | 'bot' | 'wall';
  touch?: Touch;
  /** What is wrong with a bot, in a sentence. */
  trouble?: string;
}>;

const Shown = z.object({
  name: z.string().min(1).max(80).optional(),
  worker: z.string().min(1).max(40).optional(),
  shows: z.boolean().optional().catch(undefined),
  touch: Touch.optional().catch(undefined),
});

const MAX_PEOPLE = 200;
const MOST_TROUBLES = 3;
const UNNAMED_WALL = 'A desk';

/**
 * What one shows of oneself at a document; null takes oneself out.
 * @param shown the walls on the screens of this machine, and how their tiles are doing
 * @param delay its Streamdelay server, if it has one
 */
export function ownPresence(
  document: string,
  name: string | undefined,
  touch: Touch | null,
  shown: ReadonlyMap<WallId, ShownTiles> = new Map(),
  delay?: ShownDelay,
): Readonly<Record<string, unknown>> | null {
  const tiles = [...shown].find(([wall]) => document === `wall:${wall}`)?.[1];
  const shows = tiles !== undefined;
  if (name === undefined && !shows) return null;
  const isHere = touch !== null && document === `wall:${touch.wall}`;
  return {
    ...(name === undefined ? {} : { name: name.slice(0, 80) }),
    ...(shows ? { shows, tiles } : {}),
    ...(shows && delay !== undefined ? { delay } : {}),
    ...(isHere ? { touch } : {}),
  };
}

/** Everybody by name, each once, bots of one name with their number, of what connections to several documents say of themselves. */
export function listPeople(connections: readonly ReadonlyMap<number, unknown>[]): readonly TeamPerson[] {
  const people = new Map<string, TeamPerson>();
  const bots = new Map<string, number>();
  const put = (person: TeamPerson): void => {
    const key = `${person.kind} ${person.name}`;
    const known = people.get(key);
    const saysMore =
      person.touch !== undefined || (person.trouble !== undefined && known?.trouble === undefined);
    if (known === undefined ? people.size < MAX_PEOPLE : saysMore) people.set(key, person);
  };
  for (const states of connections) {
    const workers = readWorkerPresence(states);
    const here = new Map<string, number>();
    for (const [client, state] of states) {
      const read = Shown.safeParse(state);
      if (!read.success) continue;
      const { name, worker, shows = false, touch } = read.data;
      if (shows) put({ name: name ?? UNNAMED_WALL, kind: 'wall' });
      if (worker !== undefined) {
        put({ name: worker, kind: 'bot', ...troubleOf(workers.get(client)) });
        here.set(worker, (here.get(worker) ?? 0) + 1);
      }
      if (worker === undefined && name !== undefined)
        put({ name, kind: 'person', ...(touch === undefined ? {} : { touch }) });
    }
    // A bot may be at several documents; it is one all the same.
    for (const [worker, count] of here) bots.set(worker, Math.max(count, bots.get(worker) ?? 0));
  }
  const counted = [...people.values()].map((person) => {
    const count = person.kind === 'bot' ? (bots.get(person.name) ?? 1) : 1;
    return count === 1 ? person : { ...person, name: `${person.name} ×${String(count)}` };
  });
  return counted.toSorted((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? 1 : -1));
}

function troubleOf(worker: WorkerPresence | undefined): { readonly trouble?: string } {
  const words = worker?.bot?.words ?? worker?.sheet?.trouble ?? troubleOfChecker(worker?.checker);
  return words === undefined ? {} : { trouble: words };
}

/** The platforms that give it no answer, and those that do not let it listen. */
function troubleOfChecker(checker: WorkerPresence['checker']): string | undefined {
  const hosts = checker?.troubles.map(({ host, reason }) => `${host}: ${reason}`) ?? [];
  const refused = checker?.push.filter(({ state }) => state === 'refused') ?? [];
  const all = [...hosts, ...refused.map(({ platform, words }) => `${platform}: ${words ?? 'refused'}`)];
  if (all.length === 0) return undefined;
  const more = all.length > MOST_TROUBLES ? ` (and ${String(all.length - MOST_TROUBLES)} more)` : '';
  return `${all.slice(0, MOST_TROUBLES).join(' ')}${more}`;
}
