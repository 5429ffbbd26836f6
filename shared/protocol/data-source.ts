import { z } from 'zod';

/**
 * A list of streams that somebody else keeps and a desk follows: at an address that it asks again and again, or in a file
 * that it watches. Kept by the machine. What such a list stops naming, or says wrongly, takes nothing off any wall.
 */
export const SourceSettings = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('json-url'),
    url: z
      .string()
      .max(2_000)
      .refine(
        (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
        'no address of the web',
      ),
    everySeconds: z.number().int().min(5).max(86_400),
  }),
  z.strictObject({ type: z.literal('toml-file'), path: z.string().min(1).max(1_000) }),
]);
export type SourceSettings = z.infer<typeof SourceSettings>;

/** How often the original asks. */
export const USUAL_EVERY_SECONDS = 30;

export const SourceId = z.string().regex(/^[a-z0-9]{1,32}$/);

/** So many lists a desk follows at most. */
export const MAX_SOURCES = 20;

export type SourceHealth =
  /** Not read since the program started. */
  | { readonly type: 'waiting' }
  /** `streams` are in the list; of `leftOut` entries the first says why in `words`. */
  | {
      readonly type: 'well';
      readonly atMs: number;
      readonly streams: number;
      readonly leftOut: number;
      readonly words?: string;
    }
  /** It cannot be read now, and is tried again by itself; what it said before holds. */
  | {
      readonly type: 'ill';
      readonly sinceMs: number;
      readonly words: string;
      readonly wellAtMs: number | null;
    };

export type SourceView = Readonly<{ id: string; settings: SourceSettings; health: SourceHealth }>;
