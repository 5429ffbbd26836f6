import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Findings } from './choose-runtime.ts';

const Remembered = z.object({
  version: z.string(),
  mirror: z.string(),
  atMs: z.number(),
  reason: z.string(),
});

const FILE = 'official-refused.json';

/** What was asked for: another version, or another place to download from, is another question. */
export type Asked = { readonly version: string; readonly mirror: string };

/** What is asked for with this environment; the mirror under every name that the electron package reads. */
export function askedWith(version: string, env: NodeJS.ProcessEnv): Asked {
  const names = ['npm_config_electron_mirror', 'NPM_CONFIG_ELECTRON_MIRROR', 'ELECTRON_MIRROR'];
  return { version, mirror: names.map((name) => env[name]).find((value) => value) ?? '' };
}

/** The last failed download of what is asked for now, if one is remembered. */
export async function readRefusal(cacheRoot: string, asked: Asked): Promise<Findings['refusal']> {
  try {
    const kept = Remembered.parse(JSON.parse(await readFile(join(cacheRoot, FILE), 'utf8')));
    if (kept.version !== asked.version || kept.mirror !== asked.mirror) return undefined;
    return { atMs: kept.atMs, reason: kept.reason, thisRun: false };
  } catch {
    // None was remembered, or it cannot be read: then it is asked again, which costs a moment.
    return undefined;
  }
}

export async function rememberRefusal(
  cacheRoot: string,
  asked: Asked,
  refusal: { readonly atMs: number; readonly reason: string },
): Promise<void> {
  const kept: z.infer<typeof Remembered> = { ...asked, atMs: refusal.atMs, reason: refusal.reason };
  await writeFile(join(cacheRoot, FILE), JSON.stringify(kept));
}
