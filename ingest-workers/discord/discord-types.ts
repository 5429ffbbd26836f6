import { z } from 'zod';

/**
 * What we read of Discord's objects, and nothing else of them. The same objects come over the gateway and from REST.
 * Source: docs.discord.com, resources "Message" and "Channel", topics "Gateway events" and "Interactions".
 */
export const Snowflake = z.string().regex(/^\d{1,20}$/);

const text = (max: number) => z.string().transform((value) => value.slice(0, max));

const Embed = z.object({
  type: z.string().optional(),
  url: text(2_048).optional(),
  title: text(256).optional(),
  description: text(4_096).optional(),
  author: z.object({ url: text(2_048).optional() }).optional(),
  fields: z
    .array(z.object({ name: text(256), value: text(1_024) }))
    .max(25)
    .optional(),
});
export type Embed = z.infer<typeof Embed>;

const Said = z.object({
  content: text(8_000).default(''),
  embeds: z.array(Embed).max(20).catch([]).default([]),
});

export const DiscordMessage = Said.extend({
  id: Snowflake,
  channel_id: Snowflake,
  author: z.object({
    id: Snowflake,
    username: text(255),
    global_name: text(255).nullish(),
    bot: z.boolean().optional(),
  }),
  webhook_id: Snowflake.optional(),
  type: z.number().int().default(0),
  timestamp: z.string(),
  edited_timestamp: z.string().nullish(),
  /** What a forward carries along. */
  message_snapshots: z
    .array(z.object({ message: Said }))
    .max(10)
    .optional(),
});
export type DiscordMessage = z.infer<typeof DiscordMessage>;

export const Thread = z.object({ id: Snowflake, parent_id: Snowflake, last_message_id: Snowflake.nullish() });
export type Thread = z.infer<typeof Thread>;

export const Channel = z.object({ id: Snowflake, last_message_id: Snowflake.nullish() });

const CommandOption = z.object({ name: z.string(), value: z.unknown().optional() });

export const Interaction = z.object({
  id: Snowflake,
  token: z.string().max(1_000),
  type: z.number().int(),
  channel_id: Snowflake.optional(),
  member: z.object({ user: z.object({ id: Snowflake, username: text(255) }) }).optional(),
  user: z.object({ id: Snowflake, username: text(255) }).optional(),
  data: z
    .object({
      name: z.string(),
      options: z
        .array(CommandOption.extend({ options: z.array(CommandOption).max(25).optional() }))
        .max(25)
        .optional(),
    })
    .optional(),
});
export type Interaction = z.infer<typeof Interaction>;

/** Messages are numbered by time: whichever was posted later has the higher id. */
export function isLater(id: string, than: string): boolean {
  return id.length === than.length ? id > than : id.length > than.length;
}

const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** When something with this id was made. Milliseconds since 1970 UTC. */
export function snowflakeMs(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS;
}
