import { z } from 'zod';

/**
 * The names of things, branded so that a tile's id cannot be handed over as a stream's.
 * All are short, printable and safe in a URL, a file name and a Yjs key.
 */
const id = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[A-Za-z0-9_-]+$/);

/** Derived from the stream's canonical URL (`stream-url`), so that one link has one id everywhere. */
export const StreamId = id(32).brand<'StreamId'>();
export type StreamId = z.infer<typeof StreamId>;

export const StreamerId = id(32).brand<'StreamerId'>();
export type StreamerId = z.infer<typeof StreamerId>;

export const LocationId = id(32).brand<'LocationId'>();
export type LocationId = z.infer<typeof LocationId>;

export const IgnoreId = id(32).brand<'IgnoreId'>();
export type IgnoreId = z.infer<typeof IgnoreId>;

export const EventId = id(32).brand<'EventId'>();
export type EventId = z.infer<typeof EventId>;

export const WallId = id(32).brand<'WallId'>();
export type WallId = z.infer<typeof WallId>;

export const TileId = id(32).brand<'TileId'>();
export type TileId = z.infer<typeof TileId>;

export const SceneId = id(32).brand<'SceneId'>();
export type SceneId = z.infer<typeof SceneId>;

export const RuleId = id(32).brand<'RuleId'>();
export type RuleId = z.infer<typeof RuleId>;

/** One durable copy of the documents: a desk, a browser, a bot. Chosen once, at random. */
export const ReplicaId = z
  .string()
  .regex(/^[a-z0-9]{8}$/)
  .brand<'ReplicaId'>();
export type ReplicaId = z.infer<typeof ReplicaId>;

/** Who wrote something: `user:ID`, `service:ID`, `rule:NAME`, or `desk` for the person at a desk with no server. */
export const ActorId = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[\x21-\x7e]+$/)
  .brand<'ActorId'>();
export type ActorId = z.infer<typeof ActorId>;
