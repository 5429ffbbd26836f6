import { z } from 'zod';

/** `bytea`, as a plain array of its own. */
export const Bytes = z.instanceof(Uint8Array).transform((bytes) => new Uint8Array(bytes));

/** `bigint` milliseconds, which drivers hand over as text. */
export const Time = z.coerce.number().int().nonnegative();

/** SQL's NULL is our undefined. */
export const orUndefined = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullable().transform((value) => value ?? undefined);
