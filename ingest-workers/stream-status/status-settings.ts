import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { describeSetting, presentOnly, type Env } from '../team-settings.ts';
import type { AppCredentials } from './app-token.ts';
import type { PlatformKeys } from './create-routes.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import { readIntervals } from './read-intervals.ts';

const StatusEnvironment = z.object({
  TWITCH_CLIENT_ID: z.string().optional(),
  TWITCH_CLIENT_SECRET: z.string().optional(),
  /** A person's token for EventSub, and with it one that renews it. */
  TWITCH_EVENTSUB_TOKEN: z.string().optional(),
  TWITCH_EVENTSUB_REFRESH_TOKEN: z.string().optional(),
  TWITCH_EVENTSUB_URL: z
    .url({ protocol: /^wss?$/ })
    .default('wss://eventsub.wss.twitch.tv/ws?keepalive_timeout_seconds=30'),
  KICK_CLIENT_ID: z.string().optional(),
  KICK_CLIENT_SECRET: z.string().optional(),
  YOUTUBE_API_KEY: z.string().optional(),
  STATUS_INTERVALS: z.string().default(''),
  /** Origins of this network that may be asked, separated by commas: cameras. */
  STREAMWALL_LOCAL_ORIGINS: z.string().optional(),
  /** For rehearsals: `host=http://127.0.0.1:4000`, separated by commas. */
  STREAMWALL_STAND_INS: z.string().optional(),
});

/** What is needed to hear from Twitch itself who goes live. */
export type EventSubSettings = Readonly<{
  app: AppCredentials;
  token: string;
  refreshToken: string | undefined;
  url: string;
}>;

export type StatusSettings = Readonly<{
  keys: PlatformKeys;
  eventSub: EventSubSettings | undefined;
  policy: Policy;
  localOrigins: readonly string[];
  standIns: Readonly<Record<string, string>>;
}>;

/** @returns or a sentence that names what cannot be read, never a secret */
export function readStatusSettings(env: Env): Result<StatusSettings, string> {
  const read = StatusEnvironment.safeParse(presentOnly(env));
  if (!read.success) return fail(describeSetting(read.error));
  const { data } = read;
  const twitch = pair(data.TWITCH_CLIENT_ID, data.TWITCH_CLIENT_SECRET);
  const kick = pair(data.KICK_CLIENT_ID, data.KICK_CLIENT_SECRET);
  if (twitch === 'half') return fail('Twitch’s key needs both, TWITCH_CLIENT_ID and TWITCH_CLIENT_SECRET.');
  if (kick === 'half') return fail('Kick’s key needs both, KICK_CLIENT_ID and KICK_CLIENT_SECRET.');
  const youtube = data.YOUTUBE_API_KEY;
  const token = data.TWITCH_EVENTSUB_TOKEN;
  if (token !== undefined && twitch === undefined)
    return fail(
      'TWITCH_EVENTSUB_TOKEN needs TWITCH_CLIENT_ID and TWITCH_CLIENT_SECRET, of the same application.',
    );
  const eventSub =
    token === undefined || twitch === undefined
      ? undefined
      : {
          ...{ app: twitch, token, url: data.TWITCH_EVENTSUB_URL },
          refreshToken: data.TWITCH_EVENTSUB_REFRESH_TOKEN,
        };
  const policy = readIntervals(data.STATUS_INTERVALS, defaultPolicy);
  if (!policy.ok) return policy;
  return ok({
    policy: policy.value,
    keys: {
      ...(twitch === undefined ? {} : { twitch }),
      ...(kick === undefined ? {} : { kick }),
      ...(youtube === undefined ? {} : { youtube }),
    },
    eventSub,
    localOrigins: list(data.STREAMWALL_LOCAL_ORIGINS),
    standIns: Object.fromEntries(list(data.STREAMWALL_STAND_INS).map((text) => splitAt(text, '='))),
  });
}

function pair(
  clientId: string | undefined,
  clientSecret: string | undefined,
): AppCredentials | 'half' | undefined {
  if (clientId === undefined && clientSecret === undefined) return undefined;
  return clientId === undefined || clientSecret === undefined ? 'half' : { clientId, clientSecret };
}

const list = (text = '') =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

const splitAt = (text: string, mark: string): readonly [string, string] => {
  const at = text.indexOf(mark);
  return [text.slice(0, at), text.slice(at + 1)];
};
