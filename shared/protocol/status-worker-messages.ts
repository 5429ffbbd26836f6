import { z } from 'zod';
import { CatalogueCommand } from '../document/command.ts';
import { StreamerFields } from '../document/catalogue-fields.ts';
import { StreamerId, StreamId } from '../model/ids.ts';
import { StreamFields } from '../model/stream.ts';
import { Refusal } from './refusal.ts';
import { ShownChecker, StreamRead } from './worker-presence.ts';

/**
 * What a desk without a server and the process that checks its streams say to each other. The desk holds the catalogue: it
 * tells what changed, and writes what the process asks it to write.
 */
const { link, platform, kind, code, status, addedAt, ...rest } = StreamFields.shape;

/** A stream as its view shows it. */
export const ToldStream = z.object({
  id: StreamId,
  link,
  platform,
  kind,
  code,
  status,
  addedAt,
  ...z.object(rest).partial().shape,
});
export type ToldStream = z.infer<typeof ToldStream>;

export const ToldStreamer = z.object({ id: StreamerId, ...StreamerFields.shape, addedAt });
export type ToldStreamer = z.infer<typeof ToldStreamer>;

/** From the desk. */
export const ToStatusWorker = z.discriminatedUnion('type', [
  /** Comes first, and brings all streams and streamers; later ones bring those that changed. */
  z.object({
    type: z.literal('catalogue'),
    streams: z.array(ToldStream),
    goneStreams: z.array(StreamId),
    streamers: z.array(ToldStreamer),
    goneStreamers: z.array(StreamerId),
  }),
  /** Somebody wants to know now. */
  z.object({ type: z.literal('check-now'), ids: z.array(StreamId) }),
  /** What became of the command that was sent as `n`. */
  z.object({ type: z.literal('done'), n: z.number(), refusal: Refusal.optional() }),
]);
export type ToStatusWorker = z.infer<typeof ToStatusWorker>;

/** From the process. */
export const FromStatusWorker = z.discriminatedUnion('type', [
  /** It runs, and waits for the catalogue. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('send'), n: z.number(), command: CatalogueCommand }),
  /** What it does and has read, every few seconds: what a checker of a team shows in presence. */
  z.object({ type: z.literal('shows'), checker: ShownChecker, reads: z.array(StreamRead) }),
]);
export type FromStatusWorker = z.infer<typeof FromStatusWorker>;
