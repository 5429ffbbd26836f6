import { readFile, stat } from 'node:fs/promises';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

const MAX_BYTES = 32 * 1024 * 1024;

/** Changes whenever the file does; null where there is none. */
export async function fileMark(path: string): Promise<string | null> {
  try {
    const { mtimeMs, size } = await stat(path);
    return `${String(mtimeMs)} ${String(size)}`;
  } catch {
    return null;
  }
}

/** What stands in a file, or why it cannot be had, as a sentence. */
export async function readListFile(path: string): Promise<Result<string, string>> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) return fail('The file is larger than 32 MB.');
    return ok(await readFile(path, 'utf8'));
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return fail(isGone ? 'There is no such file now.' : 'The file cannot be read.');
  }
}
