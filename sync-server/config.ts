import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

/** Everything that a sync server is told from outside, read once. */
export type ServerConfig = {
  readonly port: number;
  readonly host: string;
  /** Where the embedded database lies when there is no `databaseUrl`. */
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** How long the database may take to answer before edits are passed on unsaved. */
  readonly databaseTimeoutMs: number;
  /** How long updates are kept one by one, so that the past can be shown. */
  readonly historyDays: number;
  /** Files with the certificate and its key, when the server itself speaks TLS. */
  readonly tls: TlsFiles | undefined;
  /** How browsers reach this server, without a slash at the end: what invitations link to. */
  readonly publicUrl: string | undefined;
  /** Whether anybody may make themselves a viewer. */
  readonly mayAnybodySignUp: boolean;
  /** Other sites whose pages may use the API. */
  readonly corsOrigins: readonly string[];
  /** How many proxies stand in front, each of which adds the address of its caller to X-Forwarded-For. */
  readonly proxies: number;
  /** Of one person or key, over all instances. */
  readonly requestsPerMinute: number;
  readonly accessTokenMinutes: number;
  /** How long after it was last live a stream is archived for programs; 0 for never. */
  readonly archiveAfterMinutes: number;
  /** A streamer's stream that begins so soon after their last goes on with it; 0 for never. */
  readonly continueWithinMinutes: number;
  /** Whether what is on an ignore list is refused whoever adds it. */
  readonly enforcesIgnore: boolean;
  /** Origins of private networks that webhooks may lead to. */
  readonly webhookOrigins: readonly string[];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

export type TlsFiles = { readonly certFile: string; readonly keyFile: string };

const Origin = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'must be like https://example.org, without a path',
  );

const Origins = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter((origin) => origin !== ''))
  .pipe(z.array(Origin));

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(7520),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis://')
    .optional(),
  DATABASE_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(1_500),
  HISTORY_DAYS: z.coerce.number().int().min(1).max(36_500).default(90),
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
  PUBLIC_URL: Origin.optional(),
  SIGNUP: z.enum(['on', 'off']).default('off'),
  CORS_ORIGINS: Origins,
  ARCHIVE_AFTER_MINUTES: z.coerce.number().int().min(0).max(525_600).default(30),
  CONTINUE_WITHIN_MINUTES: z.coerce.number().int().min(0).max(1_440).default(30),
  IGNORE_FOR_ALL: z.enum(['on', 'off']).default('on'),
  WEBHOOK_ORIGINS: Origins,
  PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(6_000),
  ACCESS_TOKEN_MINUTES: z.coerce.number().int().min(1).max(1_440).default(1_440),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** The names of everything that is read from the environment. */
export const SETTINGS: readonly string[] = Object.keys(Environment.shape);

/**
 * @param env the process's environment; an empty variable counts as absent
 * @param defaultFolder where data is kept when nobody says
 * @returns or a sentence that names the setting that cannot be read, never its value: it may hold a password
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  defaultFolder: string,
): Result<ServerConfig, string> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(present);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail(`The setting ${String(issue?.path[0])} cannot be read: ${issue?.message ?? ''}`);
  }
  const { data } = parsed;
  if ((data.TLS_CERT_FILE === undefined) !== (data.TLS_KEY_FILE === undefined))
    return fail('TLS_CERT_FILE and TLS_KEY_FILE go together: one of them is missing.');
  return ok({
    port: data.PORT,
    host: data.HOST,
    dataFolder: data.DATA_DIR ?? defaultFolder,
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    databaseTimeoutMs: data.DATABASE_TIMEOUT_MS,
    historyDays: data.HISTORY_DAYS,
    tls:
      data.TLS_CERT_FILE === undefined || data.TLS_KEY_FILE === undefined
        ? undefined
        : { certFile: data.TLS_CERT_FILE, keyFile: data.TLS_KEY_FILE },
    publicUrl: data.PUBLIC_URL,
    mayAnybodySignUp: data.SIGNUP === 'on',
    corsOrigins: data.CORS_ORIGINS,
    proxies: data.PROXIES,
    requestsPerMinute: data.REQUESTS_PER_MINUTE,
    accessTokenMinutes: data.ACCESS_TOKEN_MINUTES,
    archiveAfterMinutes: data.ARCHIVE_AFTER_MINUTES,
    continueWithinMinutes: data.CONTINUE_WITHIN_MINUTES,
    enforcesIgnore: data.IGNORE_FOR_ALL === 'on',
    webhookOrigins: data.WEBHOOK_ORIGINS,
    logLevel: data.LOG_LEVEL,
  });
}
