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
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

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
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

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
  return ok({
    port: data.PORT,
    host: data.HOST,
    dataFolder: data.DATA_DIR ?? defaultFolder,
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    databaseTimeoutMs: data.DATABASE_TIMEOUT_MS,
    historyDays: data.HISTORY_DAYS,
    logLevel: data.LOG_LEVEL,
  });
}
