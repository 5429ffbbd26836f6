import { z } from 'zod';
import { fail, ok, type Result } from '../kernel/result.ts';
import { ActorId, WallId } from '../model/ids.ts';
import { WallArrangement } from '../model/arrangement.ts';
import type { Refusal } from './refusal.ts';

/**
 * What the team's server keeps of a wall or of the list: who changed what and when, and how it was then. Asked for over its API, below
 * /api/v1/history; parsed here, at a desk and in a browser alike.
 */
const Count = z.number().int().nonnegative();
const Entry = z.object({ number: Count });

/** What one update did, in the document's own words; what a newer server says besides is left out. */
const TeamEdit = z.object({
  type: z.string(),
  root: z.string(),
  id: z.string().optional(),
  key: z.string().optional(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
});
export type TeamEdit = z.infer<typeof TeamEdit>;

/** An import of thousands is one update: so many of its edits are told. */
const MOST_EDITS = 300;

const TeamChange = z.object({
  number: Count,
  actor: ActorId,
  name: z.string().max(200).nullish().catch(null),
  at: z.coerce.date(),
  edits: z.array(TeamEdit).max(MOST_EDITS),
  more: Count.catch(0),
});
export type TeamChange = Readonly<{
  number: number;
  actor: ActorId;
  /** What whoever it was is called; absent where the server does not know. */
  name?: string;
  atMs: number;
  edits: readonly TeamEdit[];
  /** How many more edits there were. */
  more: number;
}>;

export const ReadHistory = z.strictObject({
  /** Null: the list. */
  wall: WallId.nullable(),
  /** Only what is older than this number; null for the newest. */
  before: Count.nullable(),
});
export type ReadHistory = z.infer<typeof ReadHistory>;

export const ReadMoment = z.strictObject({ wall: WallId, number: Count });
export type ReadMoment = z.infer<typeof ReadMoment>;

/** Asks the server's API for a path below /api/v1. Rejects while nobody answers. */
export type AskServer = (path: string) => Promise<Response>;

const PAGE = 60;

/** What was done to a wall or the list, newest first, a page at a time; empty where nothing older is kept. */
export async function readTeamHistory(
  ask: AskServer,
  { wall, before }: ReadHistory,
): Promise<Result<readonly TeamChange[], Refusal>> {
  const path = `history/${wall === null ? 'catalogue' : `wall:${wall}`}`;
  const older = before === null ? '' : `&before=${String(before)}`;
  const listed = await answerOf(
    ask,
    `${path}?limit=${String(PAGE)}${older}`,
    z.object({ entries: z.array(Entry) }),
  );
  if (!listed.ok) return listed;
  const numbers = listed.value.entries.map(({ number }) => number);
  if (numbers.length === 0) return ok([]);
  const range = `after=${String(Math.min(...numbers) - 1)}&up_to=${String(Math.max(...numbers))}&edits=${String(MOST_EDITS)}`;
  const read = await answerOf(ask, `${path}/changes?${range}`, z.object({ changes: z.array(TeamChange) }));
  if (!read.ok) return read;
  const changes = read.value.changes.map(({ at, name, ...change }) => ({
    ...{ ...change, atMs: at.getTime() },
    ...(typeof name === 'string' ? { name } : {}),
  }));
  return ok(changes.toReversed());
}

/** A wall as it was after an update. */
export async function readTeamMoment(
  ask: AskServer,
  { wall, number }: ReadMoment,
): Promise<Result<WallArrangement, Refusal>> {
  const path = `history/wall:${wall}/at?number=${String(number)}`;
  const read = await answerOf(ask, path, z.object({ wall: WallArrangement }));
  return read.ok ? ok(read.value.wall) : read;
}

/** An answer of the server's API as it must be, or in words why there is none. */
export async function answerOf<S extends z.ZodType>(
  ask: AskServer,
  path: string,
  schema: S,
): Promise<Result<z.infer<S>, Refusal>> {
  try {
    const response = await ask(path);
    if (response.status === 404) return refuse('That is not kept any more.', false);
    if (response.status === 403) return refuse('Your role does not allow that.', false);
    const read = schema.safeParse(await response.json());
    return response.ok && read.success ? ok(read.data) : refuse('The server’s answer cannot be read.', true);
  } catch {
    return refuse('The team’s server cannot be asked now. What happened here is below.', true);
  }
}

export const NO_TEAM: Refusal = {
  reason: 'not-found',
  message: 'This copy belongs to no team.',
  retryable: false,
};

const refuse = (message: string, retryable: boolean): Result<never, Refusal> =>
  fail({ reason: 'not-found', message, retryable });
