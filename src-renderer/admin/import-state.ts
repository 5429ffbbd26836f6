import { z } from 'zod';

const Count = z.number().int().nonnegative();

/** How far an import is. `name`: of the file; `refusedRows`: the first that were refused, counted from 1 in all of the file. */
export const ImportState = z.object({
  ...{ kind: z.enum(['streams', 'ignore']), name: z.string(), isRunning: z.boolean() },
  ...{ done: Count, all: Count, leftOut: Count, added: Count, known: Count, refused: Count },
  refusedRows: z.array(z.object({ row: Count, what: z.string(), why: z.string() })).readonly(),
  /** Why it does not go on. */
  problem: z.string().optional(),
});
export type ImportState = Readonly<z.infer<typeof ImportState>>;
export type RefusedRow = ImportState['refusedRows'][number];
