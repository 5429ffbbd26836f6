import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Findings } from './choose-runtime.ts';

const Remembered = z.object({ version: z.string(), atMs: z.number(), reason: z.string() });

const FILE = 'official-refused.json';

/** The last failed download of this version of the official Electron, if one is remembered. */
export async function readRefusal(cacheRoot: string, version: string): Promise<Findings['refusal']> {
  try {
    const kept = Remembered.parse(JSON.parse(await readFile(join(cacheRoot, FILE), 'utf8')));
    return kept.version === version ? { atMs: kept.atMs, reason: kept.reason, thisRun: false } : undefined;
  } catch {
    return undefined;
  }
}

export async function rememberRefusal(
  cacheRoot: string,
  version: string,
  refusal: { readonly atMs: number; readonly reason: string },
): Promise<void> {
  const kept: z.infer<typeof Remembered> = { version, atMs: refusal.atMs, reason: refusal.reason };
  await writeFile(join(cacheRoot, FILE), JSON.stringify(kept));
}
