import { readFileSync, statSync } from 'node:fs';
import type { Logger } from '#shared/kernel/logger.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { KNOWN_SITES, readSiteHints, type SiteHint } from './site-hints.ts';

/**
 * The rows that ship with the program, after those of the operator's own file, which is read again when it changes. A
 * file that cannot be read is said so once, and counts as it last was.
 */
export function createSiteHintsFile(path: string, log: Logger): () => readonly SiteHint[] {
  let readMs: number | undefined;
  let own: readonly SiteHint[] = [];
  return () => {
    const changedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (changedMs === readMs) return [...own, ...KNOWN_SITES];
    readMs = changedMs;
    const read = changedMs === undefined ? ok([]) : readFile(path);
    if (read.ok) own = read.value;
    else log.warn(`The site hints in ${path} cannot be read: ${read.error}.`);
    return [...own, ...KNOWN_SITES];
  };
}

function readFile(path: string): Result<readonly SiteHint[], string> {
  try {
    return readSiteHints(readFileSync(path, 'utf8'));
  } catch (error) {
    return fail(String(error));
  }
}
