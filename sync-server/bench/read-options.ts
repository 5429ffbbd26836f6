import { parseArgs } from 'node:util';
import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

export const SCENARIOS = ['a', 'b', 'b8', 'c', 'd', 'f', 'g', 'h'] as const;
export type Scenario = (typeof SCENARIOS)[number];

export type BenchOptions = {
  readonly help: boolean;
  readonly scenarios: readonly Scenario[];
  readonly settings: readonly ('embedded' | 'postgres' | 'instances')[];
  /** How often each scenario is run at each server; medians are taken over these. */
  readonly passes: number;
  /** How long a scenario that goes on for a while is watched. */
  readonly seconds: number;
  /** Part of the people, documents and records of each scenario. */
  readonly scale: number;
};

export const usage = `npm run bench:sync: our sync server beside those that Yjs users choose, in one run

  --quick             one short pass of everything
  --only a,b,b8,c,d,f,g,h
  --settings embedded,postgres,instances
  --passes N          3 by default
  --seconds N         3 by default
  --scale PART        1 by default: of the people, documents and records`;

const list = <T extends string>(words: readonly T[], all: readonly T[]) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(all as [T, ...T[]])))
    .default([...words]);

const Values = z.object({
  help: z.boolean().default(false),
  quick: z.boolean().default(false),
  only: list(SCENARIOS, SCENARIOS),
  settings: list(
    ['embedded', 'postgres', 'instances'] as const,
    ['embedded', 'postgres', 'instances'] as const,
  ),
  passes: z.coerce.number().int().min(1).max(50).optional(),
  seconds: z.coerce.number().min(0.2).max(60).optional(),
  scale: z.coerce.number().min(0.01).max(1).default(1),
});

export function readOptions(args: readonly string[]): Result<BenchOptions, string> {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...{ help: flag, quick: flag },
        ...{ only: text, settings: text, passes: text, seconds: text, scale: text },
      },
    });
    const parsed = Values.parse(values);
    return ok({
      help: parsed.help,
      scenarios: parsed.only,
      settings: parsed.settings,
      passes: parsed.passes ?? (parsed.quick ? 1 : 3),
      seconds: parsed.seconds ?? (parsed.quick ? 2 : 3),
      scale: parsed.scale,
    });
  } catch (error) {
    const words = error instanceof z.ZodError ? (error.issues[0]?.message ?? '') : String(error);
    return fail(`${words}\n\n${usage}`);
  }
}
