import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { TeamServer } from './connect-to-team.ts';

/** Settings of every worker that belongs to a team; an empty variable counts as absent. */
const TeamEnvironment = z.object({
  STREAMWALL_INGEST_DATA: z.string().optional(),
  STREAMWALL_SERVER: z.url({ protocol: /^(?:https?|wss?)$/ }),
  STREAMWALL_KEY: z.string().min(1),
});

export type TeamSettings = Readonly<{ folder: string; server: TeamServer }>;
export type Env = Readonly<Record<string, string | undefined>>;

export const presentOnly = (env: Env): Env =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));

/** @returns or a sentence that names what is missing, never a secret */
export function readTeamSettings(env: Env): Result<TeamSettings, string> {
  const read = TeamEnvironment.safeParse(presentOnly(env));
  if (!read.success) return fail(describeSetting(read.error));
  const { STREAMWALL_INGEST_DATA: folder = join(homedir(), '.streamwall', 'ingest'), ...rest } = read.data;
  return ok({ folder, server: { url: rest.STREAMWALL_SERVER, key: rest.STREAMWALL_KEY } });
}

export function describeSetting({ issues: [issue] }: z.ZodError): string {
  return `The setting ${issue?.path.join('.') ?? ''} is missing or cannot be read: ${issue?.message ?? ''}`;
}
