import { z } from 'zod';
import { StreamId, TileId, WallId } from '../model/ids.ts';
import { CellRect } from '../model/tile.ts';
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
const UNNAMED_WALL = 'A desk';

/**
 * What one shows of oneself at a document; null takes oneself out.
 * @param shown the walls on the screens of this machine
 */
export function ownPresence(
  document: string,
  name: string | undefined,
  touch: Touch | null,
  shown: readonly WallId[] = [],
): Readonly<Record<string, unknown>> | null {
  const shows = shown.some((wall) => document === `wall:${wall}`);
  if (name === undefined && !shows) return null;
  const isHere = touch !== null && document === `wall:${touch.wall}`;
  return {
    ...(name === undefined ? {} : { name: name.slice(0, 80) }),
    ...(shows ? { shows } : {}),
    ...(isHere ? { touch } : {}),
  };
}

/** Everybody by name, each once, of what connections to several documents say of themselves. */
export function listPeople(connections: readonly ReadonlyMap<number, unknown>[]): readonly TeamPerson[] {
  const people = new Map<string, TeamPerson>();
  const put = (person: TeamPerson): void => {
    const key = `${person.kind} ${person.name}`;
    const known = people.get(key);
    if (known === undefined ? people.size < MAX_PEOPLE : person.touch !== undefined) people.set(key, person);
  };
  for (const states of connections) {
    const workers = readWorkerPresence(states);
    for (const [client, state] of states) {
      const read = Shown.safeParse(state);
      if (!read.success) continue;
      const { name, worker, shows = false, touch } = read.data;
      if (shows) put({ name: name ?? UNNAMED_WALL, kind: 'wall' });
      if (worker !== undefined) put({ name: worker, kind: 'bot', ...troubleOf(workers.get(client)) });
      else if (name !== undefined) put({ name, kind: 'person', ...(touch === undefined ? {} : { touch }) });
    }
  }
  return [...people.values()].toSorted((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? 1 : -1));
}

function troubleOf(worker: WorkerPresence | undefined): { readonly trouble?: string } {
  const words = worker?.bot?.words ?? worker?.sheet?.trouble ?? worker?.checker?.troubles[0]?.reason;
  return words === undefined ? {} : { trouble: words };
}
