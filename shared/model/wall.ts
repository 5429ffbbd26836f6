import { z } from 'zod';

export const WallName = z.string().trim().min(1).max(80);

/** A CSS hex colour, `#rgb` or `#rrggbb`. */
export const Colour = z.string().regex(/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i);

/** Colours drawn on the wall itself; flat ones allow chroma keying. */
export const WallColours = z.strictObject({ background: Colour, heard: Colour });
export type WallColours = z.infer<typeof WallColours>;
