import { z } from 'zod';

/** What somebody said in a channel, as far as the bots care; of any platform. */
export const ChatMessage = z.strictObject({
  /** Where it was said; unique among a worker's channels. */
  channel: z.string().max(100),
  /** The platform's id of the message; unique within the channel. */
  id: z.string().max(100),
  /** Empty for the message as it was posted; something else for each later version that has to be read. */
  version: z.string().max(40),
  /** Everything that holds links, as one text. Cut at `MAX_TEXT`. */
  text: z.string(),
  /** The platform's id of whoever said it, and the name that the channel shows. */
  authorId: z.string().max(100),
  author: z.string().max(255),
  /** When it was said, as the platform tells. Milliseconds since 1970 UTC. */
  atMs: z.number().int().nonnegative(),
  /** What is needed to answer it, where that is more than its id; worth nothing after a while. */
  replyToken: z.string().max(1_000).optional(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

/** Discord's longest message with ten full embeds has less than this, in characters. */
export const MAX_TEXT = 64_000;
