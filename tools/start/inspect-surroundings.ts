import { access, constants, mkdir, stat, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fail, ok, type Result } from '../../shared/kernel/result.ts';

/** Where the app keeps its documents: the folder it is told, or Electron's usual one. */
export function dataFolder(env: NodeJS.ProcessEnv): string {
  const told = env['STREAMWALL_DATA_DIR'];
  if (told) return resolve(told);
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support/Streamwall');
  if (process.platform === 'win32') return join(env['APPDATA'] ?? homedir(), 'Streamwall');
  return join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'Streamwall');
}

/** Makes the folder if need be, and tells why it cannot be written to. */
export async function makeWritable(folder: string): Promise<Result<void, string>> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return ok(undefined);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** Whether there is anything to play sound on. */
export async function hasSound(env: NodeJS.ProcessEnv): Promise<boolean> {
  if (process.platform !== 'linux' || env['PULSE_SERVER']) return true;
  const places = [
    '/dev/snd',
    ...(env['XDG_RUNTIME_DIR'] ? [join(env['XDG_RUNTIME_DIR'], 'pulse/native')] : []),
  ];
  const found = await Promise.all(places.map((place) => stat(place).catch(() => undefined)));
  return found.some((each) => each !== undefined);
}

/** Size of the memory that processes share, where it has a bound of its own (Linux). */
export async function sharedMemoryBytes(): Promise<number | undefined> {
  const shared = await statfs('/dev/shm').catch(() => undefined);
  return shared === undefined ? undefined : shared.blocks * shared.bsize;
}
