import { z } from 'zod';
import type { ChannelRule } from './collect/decide-message.ts';

/** What every platform's channels have. */
export const ChannelSettings = z.object({
  /** Where streams are whose message names no place. */
  city: z.string().trim().min(1).max(120).optional(),
  region: z.string().trim().min(1).max(120).optional(),
  /** Tags for the streams that come from here. */
  tags: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
  /** New links wait for an operator's yes in the control room. */
  moderated: z.boolean().default(false),
  /** Also take media files and playlists on hosts that are no platform's. */
  directMedia: z.boolean().default(false),
});
type ChannelSettings = z.infer<typeof ChannelSettings>;

export const ruleOfSettings = ({
  city,
  region,
  tags,
  moderated,
  directMedia,
}: ChannelSettings): ChannelRule => ({ city, region, tags, moderated, directMedia });
