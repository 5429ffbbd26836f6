import { z } from 'zod';
import { WallId } from '#shared/model/ids.ts';
import { ChannelSettings } from '../channel-settings.ts';
import { Outcome } from '../collect/verdict.ts';
import { Snowflake } from './discord-types.ts';

const DiscordChannel = ChannelSettings.extend({
  id: Snowflake,
  /** Whether its threads are read, too. */
  threads: z.boolean().default(true),
  /** Whether posters are told by reactions. */
  react: z.boolean().default(true),
  /** Other bots and webhooks that are read: "none", "all", or their ids. */
  bots: z.union([z.enum(['none', 'all']), z.array(Snowflake).max(100)]).default('none'),
}).strict();

const Emoji = z.string().min(1).max(100);

export const DiscordConfig = z.strictObject({
  channels: z.array(DiscordChannel).min(1).max(500),
  /** Emoji by outcome; what is not named stays as it is. */
  reactions: z.partialRecord(z.enum([...Outcome.options, 'held']), Emoji).default({}),
  /** Slash commands: /stream add, /stream status, /wall. */
  commands: z.boolean().default(true),
  /** Channels that are told what happens. */
  posts: z
    .array(
      z.strictObject({
        channel: Snowflake,
        live: z.boolean().default(false),
        wall: z.boolean().default(false),
      }),
    )
    .max(50)
    .default([]),
  /** The wall that /wall describes and posts are about. */
  wall: WallId.optional(),
  /** Another place than Discord's own, for tests. */
  api: z.url({ protocol: /^https?$/ }).optional(),
});
export type DiscordConfig = z.infer<typeof DiscordConfig>;
