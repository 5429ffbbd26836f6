import { z } from 'zod';
import { DelayMark, type HeardDelay } from './delay-state.ts';

const MAX_WORDS = 200;
const A_DAY = 86_400;
const Moment = z.number().min(0).max(8.64e15);

/**
 * What a wall's machine says in the wall's presence of its Streamdelay server: what `HeardDelay` says, and never where the
 * server is. Only shown, never trusted, never stored.
 */
const ShownDelay = z.object({
  at: DelayMark,
  heard: z.discriminatedUnion('type', [
    z.object({ type: z.literal('unknown'), words: z.string().max(MAX_WORDS), sinceMs: Moment }),
    z.object({
      type: z.literal('known'),
      delaySeconds: z.number().min(0).max(A_DAY),
      censor: z.enum(['off', 'on', 'lifting']),
      stream: z.enum(['stopped', 'starting', 'running', 'restarting']),
      startedAtMs: Moment.nullable(),
    }),
  ]),
});
export type ShownDelay = z.infer<typeof ShownDelay>;

/** A Streamdelay server of a machine elsewhere, whose screen shows the wall. `at`: whom to ask. */
export type FarDelay = Readonly<{
  at: DelayMark;
  /** What that machine is called; empty where it did not say. */
  machine: string;
  heard: HeardDelay;
}>;

const WallOutput = z.object({
  name: z.string().max(80).default(''),
  shows: z.literal(true),
  delay: ShownDelay.optional().catch(undefined),
});

/** No wall has more machines than this. */
const MAX_MACHINES = 12;

const NOT_HEARD = 'The wall’s machine is not heard now.';

/**
 * The Streamdelay servers of the machines that show a wall, by what they say of themselves. One that was there, and whose
 * machine is not heard any more, is not known any more either.
 * @param before what this answered the last time, of the same wall
 */
export function readFarDelays(
  states: ReadonlyMap<number, unknown>,
  before: readonly FarDelay[],
  nowMs: number,
): readonly FarDelay[] {
  const outputs = [...states.entries()]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([, state]) => WallOutput.safeParse(state).data ?? []);
  const told = outputs.flatMap(({ name, delay }) =>
    delay === undefined ? [] : [{ at: delay.at, machine: name, heard: delay.heard }],
  );
  const there = new Set(outputs.map(({ name }) => name));
  const lost = before.filter(({ machine }) => !there.has(machine)).map((one) => lose(one, nowMs));
  return [...told, ...lost].slice(0, MAX_MACHINES);
}

const lose = (one: FarDelay, nowMs: number): FarDelay =>
  one.heard.type === 'unknown' && one.heard.words === NOT_HEARD
    ? one
    : { ...one, heard: { type: 'unknown', words: NOT_HEARD, sinceMs: nowMs } };
