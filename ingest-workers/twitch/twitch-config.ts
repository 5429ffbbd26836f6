import { z } from 'zod';
import { WallId } from '#shared/model/ids.ts';
import { ChannelSettings } from '../channel-settings.ts';

const TwitchChannel = ChannelSettings.extend({
  /** The channel's name, without `#`. */
  name: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9_]{1,30}$/),
  /** Whether posters are answered in chat; needs a log-in. */
  reply: z.boolean().default(true),
}).strict();

const seconds = (fallback: number) => z.number().int().min(1).max(86_400).default(fallback);

export const TwitchConfig = z.strictObject({
  channels: z.array(TwitchChannel).min(1).max(100),
  /** Chat bots whose messages are not read, by name. */
  ignoredBots: z
    .array(z.string().trim().toLowerCase().max(30))
    .max(100)
    .default(['streamelements', 'nightbot']),
  /** The wall that announcements and votes are about. */
  wall: WallId.optional(),
  /** Says in chat what the wall listens to. Needs a log-in and a key that may read walls. */
  announce: z
    .strictObject({
      channels: z.array(z.string().trim().toLowerCase()).min(1).max(100),
      /** Once it has been heard for so long, … */
      afterSeconds: seconds(10),
      /** … and again every so often. */
      everySeconds: seconds(600),
      /** `{label}`, `{place}`, `{link}` and `{code}` stand for the stream's. */
      text: z.string().min(1).max(300).default('Now listening to {label} {place} {link}'),
    })
    .optional(),
  /** Lets viewers choose what is heard: `!vote CODE`. Needs a key that may write `audio`. */
  vote: z
    .strictObject({
      channels: z.array(z.string().trim().toLowerCase()).min(1).max(100),
      command: z
        .string()
        .regex(/^![a-z]{1,20}$/)
        .default('!vote'),
      /** The first vote opens a window of so long. */
      windowSeconds: seconds(30),
      /** Fewer people than this decide nothing. */
      least: z.number().int().min(1).max(1_000).default(1),
    })
    .optional(),
  /** Another place than Twitch's own, for tests. */
  server: z.strictObject({ host: z.string(), port: z.number().int() }).optional(),
});
export type TwitchConfig = z.infer<typeof TwitchConfig>;
