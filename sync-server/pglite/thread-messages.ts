import { z } from 'zod';
import type { SqlValue } from '../postgres/sql.ts';

/** What the thread of the embedded database is asked, each under a number that its answer repeats. */
export type ThreadRequest = { readonly id: number } & (
  | { readonly type: 'query'; readonly text: string; readonly values: readonly SqlValue[] }
  /** Which migrations were run; and to run these, all or none. */
  | { readonly type: 'applied' }
  | {
      readonly type: 'migrate';
      readonly migrations: readonly { readonly name: string; readonly text: string }[];
    }
  | { readonly type: 'close' }
);

type Rows = readonly Record<string, unknown>[];

/** Its first answer, to nothing, has the number 0 and comes when the database is open. Who reads the rows parses them. */
export const ThreadAnswer = z.object({
  id: z.number(),
  rows: z.custom<Rows>((value) => Array.isArray(value)).optional(),
  error: z.object({ message: z.string(), code: z.string().optional() }).optional(),
});
export type ThreadAnswer = z.infer<typeof ThreadAnswer>;

/** A copy that holds no more memory than its own: a view is sent to another thread together with all that is behind it. */
export const ownBytes = <T>(value: T): T | Uint8Array =>
  value instanceof Uint8Array && value.length !== value.buffer.byteLength ? new Uint8Array(value) : value;
