import { z } from 'zod';
import { StreamId } from '../model/ids.ts';
import { Time } from '../model/stream.ts';

/**
 * What the team's workers and people say to each other in the presence of the catalogue. Nothing of it is stored, and
 * nothing of it is to be trusted: read it with these schemas.
 *
 *     a checker shows  { worker: 'status', checker: ShownChecker, reads: StreamRead[] }
 *     the sheet shows  { worker: 'sheet', sheet: ShownSheet }
 *     a bot shows      { worker: 'discord' or 'twitch', bot: ShownBot }
 *     a person asks    { checkNow: { ids, n } }        `n` is another with every wish
 */
const count = z.number().int().nonnegative();
const words = z.string().max(500);

/** What was read of a stream a moment ago, and only ticks: it is in no document. */
export const StreamRead = z.object({
  id: StreamId,
  /** When somebody was asked last, ms since 1970 UTC. */
  at: Time,
  viewers: count.optional().catch(undefined),
  /** A picture of what is shown now, https. */
  thumbnail: z
    .url({ protocol: /^https$/ })
    .regex(/^[\x21-\x7e]{1,300}$/)
    .optional()
    .catch(undefined),
});
export type StreamRead = z.infer<typeof StreamRead>;

/** A host that gives no answer, why, and until when it is left alone (ms since 1970 UTC; past: it is asked again). */
export const HostTrouble = z.object({
  host: z.string().max(255),
  cause: z.string().max(40),
  reason: words,
  until: z.number(),
});
export type HostTrouble = z.infer<typeof HostTrouble>;

/** How a checker is told by a platform itself who goes live, if it is. */
export const ShownPush = z.object({
  platform: z.string().max(40),
  state: z.enum(['connecting', 'listening', 'refused']),
  /** How many channels it is told of; the others are asked about, as all are. */
  channels: count,
  words: words.optional(),
});
export type ShownPush = z.infer<typeof ShownPush>;

/** What a checker does. Counts are since it started. */
export const ShownChecker = z.object({
  name: z.string().max(80),
  /** Another every time it is shown. */
  beat: z.number(),
  /** How many streams it looks after. */
  streams: count,
  /** Requests. */
  asked: count,
  /** Streams that were read, statuses that were written, readings that were no answer. */
  checked: count.default(0),
  changed: count.default(0),
  failed: count.default(0),
  /** Streams that are due and wait for their host, and by how many ms the latest is late. */
  queue: count.default(0),
  lagMs: count.default(0),
  /** When anything was last read, ms since 1970 UTC. */
  lastReadAt: z.number().optional(),
  troubles: z.array(HostTrouble).max(50),
  push: z.array(ShownPush).max(8).default([]),
});
export type ShownChecker = z.infer<typeof ShownChecker>;

/** A cell that both sides changed, and a row whose link cannot be read. */
const SheetClash = z.object({ id: StreamId, column: z.string().max(40), sheet: words, document: words });
const SheetProblem = z.object({ row: count, text: words, reason: words });

/** How a Google Sheet and the catalogue are in step. */
export const ShownSheet = z.object({
  /** Why they are not, in a sentence; absent while all is well. */
  trouble: words.optional(),
  /** Streams whose row waits to be written. */
  waiting: count,
  /** New links that are held back until the sheet has them. */
  held: count.default(0),
  mode: z.enum(['sheet-first', 'document-first', 'migrate']),
  /** When both were compared last, and when they will be next; ms since 1970 UTC. */
  inStepAt: z.number().optional(),
  nextAt: z.number(),
  rows: count.default(0),
  conflicts: z.array(SheetClash).max(20),
  problems: z.array(SheetProblem).max(20),
});
export type ShownSheet = z.infer<typeof ShownSheet>;

/** What a bot that reads a chat does. Counts are since it started. */
export const ShownBot = z.object({
  state: z.enum(['connecting', 'connected', 'reconnecting', 'ended']),
  /** What is wrong, in a sentence. */
  words: words.optional(),
  /** Channels whose past is still being read. */
  behind: count,
  messagesRead: count,
  linksFound: count,
  /** What became of links, and why others were refused. */
  outcomes: z.record(z.string().max(40), count),
  refused: z.record(z.string().max(40), count),
  /** Messages that are not done with, and by how many ms the oldest of them, or the latest answer, was late. */
  waiting: count,
  lagMs: count,
});
export type ShownBot = z.infer<typeof ShownBot>;

/** What anybody at the catalogue may show, as far as it concerns workers. */
export const WorkerPresence = z.object({
  checker: ShownChecker.optional().catch(undefined),
  reads: z.array(StreamRead).max(500).optional().catch(undefined),
  sheet: ShownSheet.optional().catch(undefined),
  bot: ShownBot.optional().catch(undefined),
  checkNow: z
    .object({ ids: z.array(StreamId).max(200), n: z.number() })
    .optional()
    .catch(undefined),
});
export type WorkerPresence = z.infer<typeof WorkerPresence>;

/** What can be read of everybody's presence, by connection. */
export function readWorkerPresence(
  states: ReadonlyMap<number, unknown>,
): ReadonlyMap<number, WorkerPresence> {
  const read = [...states].map(([client, state]) => [client, WorkerPresence.safeParse(state)] as const);
  return new Map(read.flatMap(([client, state]) => (state.success ? [[client, state.data]] : [])));
}

/** What was read of streams is believed for so long. */
const READ_HOLDS_MS = 30 * 60_000;
const MAX_READS = 20_000;
/** Their clocks may be ahead of ours by this much. */
const AHEAD_MS = 5 * 60_000;

/**
 * What is known of streams besides the document, with what is shown now: a checker shows a part of it at a time. The same
 * map comes back when nothing is new.
 */
export function noteReads(
  known: ReadonlyMap<StreamId, StreamRead>,
  states: Iterable<WorkerPresence>,
  nowMs: number,
): ReadonlyMap<StreamId, StreamRead> {
  const fresh = [...states]
    .flatMap(({ reads }) => reads ?? [])
    .filter(({ id, at }) => at > (known.get(id)?.at ?? 0))
    .filter(({ at }) => at > nowMs - READ_HOLDS_MS && at < nowMs + AHEAD_MS);
  if (fresh.length === 0) return known;
  const held = [...known].filter(([, { at }]) => at > nowMs - READ_HOLDS_MS);
  const noted = new Map([...held, ...fresh.map((read) => [read.id, read] as const)]);
  return new Map([...noted].slice(-MAX_READS));
}
