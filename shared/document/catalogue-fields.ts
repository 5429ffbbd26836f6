import { z } from 'zod';
import { Link, Platform, Time } from '../model/stream.ts';

/**
 * What the catalogue says about things other than streams, with its limits. Commands carry these; views are checked
 * against them. Lengths are in UTF-16 code units, coordinates in degrees.
 */
const text = (maxLength: number) => z.string().max(maxLength);

/** One account of a streamer; named by platform and username, so that two desks can each add one. */
export const StreamerAccount = z.strictObject({
  platform: Platform,
  /** As links write it; ids that tell capitals apart keep them. */
  username: z.string().trim().min(1).max(120),
  active: z.boolean(),
  profileUrl: Link.optional(),
});
export type StreamerAccount = z.infer<typeof StreamerAccount>;

export const MAX_ACCOUNTS = 50;

export const StreamerFields = z.strictObject({
  name: z.string().trim().min(1).max(255),
  notes: text(10_000).optional(),
  postedBy: text(255).optional(),
  accounts: z.array(StreamerAccount).max(MAX_ACCOUNTS),
  /** Which streamer is looked at first where not all can be; 100 is the most. */
  priority: z.number().int().min(0).max(100).optional(),
});
export type StreamerFields = z.infer<typeof StreamerFields>;

export const LocationFields = z.strictObject({
  city: z.string().trim().min(1).max(120),
  region: text(120).optional(),
  country: text(120).optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  /** Checked by a person; others came with a stream. */
  known: z.boolean(),
});
export type LocationFields = z.infer<typeof LocationFields>;

export const IgnoreList = z.enum(['twitch_user', 'discord_user', 'url', 'domain']);
export type IgnoreList = z.infer<typeof IgnoreList>;

export const IgnoreFields = z.strictObject({
  type: IgnoreList,
  value: z.string().trim().min(1).max(2048),
  notes: text(1000).optional(),
});
export type IgnoreFields = z.infer<typeof IgnoreFields>;

export const EventFields = z.strictObject({
  title: z.string().trim().min(3).max(200),
  description: text(2000).optional(),
  /** When it happened. Milliseconds since 1970 UTC. */
  at: Time,
});
export type EventFields = z.infer<typeof EventFields>;

/** Where in a stream an event is to be seen, in seconds from the stream's start. */
export const EventOffset = z.number().nonnegative().max(1e7);
export const MAX_EVENT_STREAMS = 500;
