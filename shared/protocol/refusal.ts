import { z } from 'zod';

/** Why something that was asked for is not done. `retryable` says whether trying the same again later can help. */
export const Refusal = z.strictObject({
  reason: z.enum([
    /** It could not be read: not a link, too long, a missing part. */
    'invalid',
    /** It names a stream, tile, scene … that is not there (any more). */
    'not-found',
    /** A limit of the document was reached. */
    'limit',
    /** The role does not allow it. */
    'forbidden',
    /** The document needs a newer program. */
    'too-old',
    /** It is already so; nothing was changed. */
    'unchanged',
    /** The disk did not take it. */
    'not-stored',
  ]),
  /** A sentence for a person: what happened, and what they can do. */
  message: z.string(),
  retryable: z.boolean(),
});
export type Refusal = z.infer<typeof Refusal>;
