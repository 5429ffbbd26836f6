import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { sheetModes } from './google-sheets/sheet-columns.ts';
import { DiscordConfig } from './discord/discord-config.ts';
import { TwitchConfig } from './twitch/twitch-config.ts';

/** The configuration's file. Secrets are in the environment, and nowhere else. */
const ConfigFile = z.strictObject({
  discord: DiscordConfig.optional(),
  twitch: TwitchConfig.optional(),
  /** How much one person may post: messages with new links within so many seconds. */
  limit: z
    .strictObject({
      messages: z.number().int().min(1).max(10_000).default(10),
      seconds: z.number().int().min(1).max(86_400).default(60),
    })
    .prefault({}),
});

const Environment = z.object({
  STREAMWALL_INGEST_CONFIG: z.string().optional(),
  STREAMWALL_INGEST_DATA: z.string().optional(),
  STREAMWALL_SERVER: z.url({ protocol: /^(?:https?|wss?)$/ }).optional(),
  STREAMWALL_KEY: z.string().optional(),
  INGEST_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_CHANNEL_ID: z.string().optional(),
  TWITCH_CHANNEL: z.string().optional(),
  TWITCH_USERNAME: z.string().optional(),
  TWITCH_TOKEN: z.string().optional(),
  INGEST_STATUS: z.enum(['on', 'off']).optional(),
  GOOGLE_SHEET_ID: z.string().optional(),
  SHEET_MODE: z.enum(sheetModes).default('sheet-first'),
});

/** Everything that the ingest workers are told from outside, read once. */
export type IngestConfig = Readonly<{
  dataFolder: string;
  /** Undefined: the bots work alone, and keep what they find. */
  server: { readonly url: string; readonly key: string } | undefined;
  metricsPort: number | undefined;
  limit: { readonly messages: number; readonly windowMs: number };
  discord: { readonly config: DiscordConfig; readonly token: string } | undefined;
  twitch:
    | {
        readonly config: TwitchConfig;
        readonly login: { readonly username: string; readonly token: string } | undefined;
      }
    | undefined;
  /** Whether to check which streams are live. */
  checksStatus: boolean;
  /** Whether a Google Sheet is kept in step; its program reads its own settings. */
  keepsSheet: boolean;
  /** Whether what bots add is also handed to that program. */
  copiesToSheet: boolean;
  /** Whether it waits until the sheet has it. */
  waitsForSheet: boolean;
}>;

/**
 * @param env the process's environment; an empty variable counts as absent
 * @param defaultFolder where data is kept when nobody says
 * @returns or a sentence that names what cannot be read, never a secret
 */
export function readIngestConfig(
  env: Readonly<Record<string, string | undefined>>,
  defaultFolder: string,
): Result<IngestConfig, string> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(present);
  if (!parsed.success) return fail(`The setting ${describeIssue(parsed.error)}`);
  const { data } = parsed;
  const text = readFile(data.STREAMWALL_INGEST_CONFIG);
  if (!text.ok) return text;
  const file = ConfigFile.safeParse(withChannelsOf(data, text.value));
  if (!file.success)
    return fail(`In ${data.STREAMWALL_INGEST_CONFIG ?? 'the settings'}: ${describeIssue(file.error)}`);
  const missing = findMissing(data, file.data);
  if (missing !== undefined) return fail(missing);
  const { discord, twitch, limit } = file.data;
  return ok({
    dataFolder: data.STREAMWALL_INGEST_DATA ?? defaultFolder,
    server:
      data.STREAMWALL_SERVER === undefined
        ? undefined
        : { url: data.STREAMWALL_SERVER, key: data.STREAMWALL_KEY ?? '' },
    metricsPort: data.INGEST_METRICS_PORT,
    limit: { messages: limit.messages, windowMs: limit.seconds * 1_000 },
    discord: discord && { config: discord, token: data.DISCORD_TOKEN ?? '' },
    twitch: twitch && { config: twitch, login: loginOf(data) },
    ...{ checksStatus: checksStatus(data), keepsSheet: data.GOOGLE_SHEET_ID !== undefined },
    copiesToSheet: data.GOOGLE_SHEET_ID !== undefined && data.SHEET_MODE !== 'migrate',
    waitsForSheet: data.GOOGLE_SHEET_ID !== undefined && data.SHEET_MODE === 'sheet-first',
  });
}

type Env = z.infer<typeof Environment>;

/** One channel needs no file. */
function withChannelsOf(env: Env, file: unknown): unknown {
  if (file !== undefined) return file;
  return {
    ...(env.DISCORD_CHANNEL_ID === undefined
      ? {}
      : { discord: { channels: [{ id: env.DISCORD_CHANNEL_ID }] } }),
    ...(env.TWITCH_CHANNEL === undefined ? {} : { twitch: { channels: [{ name: env.TWITCH_CHANNEL }] } }),
  };
}

function findMissing(env: Env, { discord, twitch }: z.infer<typeof ConfigFile>): string | undefined {
  const readsChats = discord !== undefined || twitch !== undefined;
  if (!readsChats && !checksStatus(env) && env.GOOGLE_SHEET_ID === undefined)
    return 'There is nothing to read: name a file with channels in STREAMWALL_INGEST_CONFIG, one channel in DISCORD_CHANNEL_ID or TWITCH_CHANNEL, or a team’s server.';
  if (discord !== undefined && env.DISCORD_TOKEN === undefined)
    return 'Discord channels are to be read, but DISCORD_TOKEN, the bot’s token, is missing.';
  if ((env.TWITCH_USERNAME === undefined) !== (env.TWITCH_TOKEN === undefined))
    return 'A log-in to Twitch needs both, TWITCH_USERNAME and TWITCH_TOKEN.';
  if (env.STREAMWALL_SERVER !== undefined && env.STREAMWALL_KEY === undefined)
    return 'STREAMWALL_SERVER is named, but STREAMWALL_KEY, a service key of that server, is missing.';
  return undefined;
}

/** A team's streams are checked unless somebody else does that. */
const checksStatus = ({ INGEST_STATUS: said, STREAMWALL_SERVER: server }: Env): boolean =>
  said === undefined ? server !== undefined : said === 'on';

const loginOf = ({ TWITCH_USERNAME: username, TWITCH_TOKEN: token }: Env) =>
  username === undefined || token === undefined ? undefined : { username: username.toLowerCase(), token };

function readFile(path: string | undefined): Result<unknown, string> {
  if (path === undefined) return ok(undefined);
  try {
    return ok(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    return fail(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function describeIssue({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') ?? ''} cannot be read: ${issue?.message ?? ''}`;
}
