import { z } from 'zod';
import { ActorId, LocationId, StreamerId, StreamId } from './ids.ts';

export const Platform = z.enum([
  'twitch',
  'youtube',
  'kick',
  'tiktok',
  'facebook',
  'instagram',
  'rumble',
  'dlive',
  'x',
  /** A media file or playlist itself: HLS, DASH, MP4, WebM. */
  'direct',
  'other',
]);
export type Platform = z.infer<typeof Platform>;

/** How a stream is shown: media found in a page or file, the page as it is, or a layer of the whole wall. */
export const StreamKind = z.enum(['video', 'audio', 'web', 'background', 'overlay']);
export type StreamKind = z.infer<typeof StreamKind>;

/** `unknown` also stands for "they are down" and "they want a login": never for offline. */
export const StreamStatus = z.enum(['live', 'offline', 'unknown', 'upcoming', 'gone']);
export type StreamStatus = z.infer<typeof StreamStatus>;

export const LabelPosition = z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right', 'hidden']);
export type LabelPosition = z.infer<typeof LabelPosition>;

export const Rotation = z.literal([0, 90, 180, 270]);
export type Rotation = z.infer<typeof Rotation>;

/** The longest link that is accepted, in characters. */
export const MAX_LINK_LENGTH = 2048;

/** A web address, http or https only. */
export const Link = z
  .string()
  .max(MAX_LINK_LENGTH)
  .refine((text) => /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text), 'not an http(s) address')
  .brand<'Link'>();
export type Link = z.infer<typeof Link>;

/** The word that an operator types for a stream: lower-case letters and digits. */
export const StreamCode = z
  .string()
  .regex(/^[a-z0-9]{1,12}$/)
  .brand<'StreamCode'>();
export type StreamCode = z.infer<typeof StreamCode>;

/** Milliseconds since 1970-01-01 UTC. */
export const Time = z.number().int().nonnegative().max(8.64e15);

const text = (maxLength: number) => z.string().max(maxLength);

/**
 * Every field of a stream as a document stores it, with its limits. All but `link` may be absent.
 * Times are in milliseconds since 1970 UTC, lengths in UTF-16 code units, coordinates in degrees.
 */
export const StreamFields = z.strictObject({
  link: Link,
  platform: Platform,
  kind: StreamKind,
  code: StreamCode,
  title: text(500),
  label: text(120),
  labelPosition: LabelPosition,
  source: text(255),
  streamer: StreamerId,
  city: text(120),
  region: text(120),
  country: text(120),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  /** The known place that city, region and country were taken from. */
  location: LocationId,
  status: StreamStatus,
  statusReason: text(500),
  statusAt: Time,
  statusBy: ActorId,
  /** Until when a person's word on the status counts for more than a checker's. */
  manualUntil: Time,
  moderation: z.enum(['waiting', 'accepted', 'refused']),
  /** This stream is the same as an older one: a short link resolved, or a streamer's next broadcast. */
  continues: StreamId,
  lastLiveAt: Time,
  startedAt: Time,
  endedAt: Time,
  orientation: z.enum(['horizontal', 'vertical']),
  rotation: Rotation,
  notes: text(10_000),
  tags: z.array(text(60)).max(50),
  pinned: z.boolean(),
  archived: z.boolean(),
  noCheck: z.boolean(),
  /** Who posted the link where it was found, as the channel names them. */
  postedBy: text(255),
  /** Who put it into the catalogue. */
  addedBy: ActorId,
  addedAt: Time,
});
export type StreamFields = z.infer<typeof StreamFields>;
