import { z } from 'zod';
import type { Result } from '#shared/kernel/result.ts';
import type { Env } from './team-settings.ts';

/** One number, or several by their labels, in the words of Prometheus. */
export const Metric = z.object({
  /** Without the `streamwall_` that all begin with. */
  name: z.string(),
  type: z.enum(['counter', 'gauge']),
  help: z.string(),
  values: z.array(z.object({ labels: z.record(z.string(), z.string()), value: z.number() })),
});
export type Metric = z.infer<typeof Metric>;

/** How a program is, for whoever watches over it. */
export const ProgramState = z.object({
  isWell: z.boolean(),
  /** A sentence, when something is wrong. */
  words: z.string().optional(),
  metrics: z.array(Metric),
});
export type ProgramState = z.infer<typeof ProgramState>;

/** How the program's process is to end: a code of `EXIT`, and a sentence. */
export type ProgramEnding = Readonly<{ code: number; words: string }>;

/** A program of a team that was started, and can be watched and stopped by whoever started it. */
export type TeamProgram = Readonly<{
  /** Resolves once it is at work, with a sentence for the log. */
  atWork: Promise<string>;
  state: () => ProgramState;
  /** Resolves when it can never go on. It is to be stopped then. */
  ended: Promise<ProgramEnding>;
  /** Waits for what is under way. */
  stop: () => Promise<void>;
}>;

/** @param env the settings, as a process's environment has them */
export type StartProgram = (env: Env) => Promise<Result<TeamProgram, ProgramEnding>>;

export const gauge = (name: string, help: string, value: number): Metric =>
  single('gauge', name, help, value);
export const counter = (name: string, help: string, value: number): Metric =>
  single('counter', name, help, value);

const single = (type: Metric['type'], name: string, help: string, value: number): Metric => ({
  ...{ name, type, help },
  values: [{ labels: {}, value }],
});
