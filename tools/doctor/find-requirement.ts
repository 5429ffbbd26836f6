import { constants } from 'node:fs';
import { access, glob, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { succeeded, type Run } from '../process/supervise.ts';
import type { Look } from './requirements.ts';

export type Found =
  { readonly kind: 'there'; readonly where: string } | { readonly kind: 'missing'; readonly what: string };

/** Looks for one requirement on this machine; changes nothing. */
export type Find = (look: Look) => Promise<Found>;

const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const FONT_FOLDERS = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(homedir(), '.fonts'),
  '/Library/Fonts',
];

export function createFind(run: Run, env: NodeJS.ProcessEnv): Find {
  return async (look) => {
    switch (look.kind) {
      case 'library':
        return findLibrary(look.soname, run);
      case 'commands':
        return findCommands(look.names, look.folders ?? [], env);
      case 'font':
        return findFont();
    }
  };
}

/** The libraries that a binary asks for and that are not there. */
export async function missingLibraries(binary: string, run: Run): Promise<readonly string[]> {
  const outcome = await run({ program: 'ldd', args: [binary], output: 'capture', timeoutMs: 20_000 });
  return succeeded(outcome) ? readMissingLibraries(outcome.stdout) : [];
}

export function readMissingLibraries(lddOutput: string): readonly string[] {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1] ?? '');
}

async function findLibrary(soname: string, run: Run): Promise<Found> {
  const missing: Found = { kind: 'missing', what: soname };
  for (const program of ['ldconfig', '/usr/sbin/ldconfig', '/sbin/ldconfig']) {
    const outcome = await run({ program, args: ['-p'], output: 'capture', timeoutMs: 20_000 });
    if (!succeeded(outcome)) continue;
    const line = outcome.stdout.split('\n').find((each) => each.trim().startsWith(`${soname} `));
    return line === undefined ? missing : { kind: 'there', where: line.split('=>').at(-1)?.trim() ?? soname };
  }
  return missing;
}

async function findCommands(
  names: readonly string[],
  folders: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Found> {
  const path = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = [...path, ...SYSTEM_FOLDERS];
  for (const folder of folders) for await (const place of glob(folder)) places.push(place);
  const found: string[] = [];
  for (const name of names) {
    const at = await firstExecutable(places.map((place) => join(place, name)));
    if (at === undefined) return { kind: 'missing', what: name };
    found.push(at);
  }
  return { kind: 'there', where: found.join(', ') };
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return path;
  }
  return undefined;
}

async function findFont(): Promise<Found> {
  for (const folder of FONT_FOLDERS) {
    const files = await readdir(folder, { recursive: true }).catch(() => []);
    const font = files.find((file) => /\.(?:ttf|otf|ttc|pfb)$/i.test(file));
    if (font !== undefined) return { kind: 'there', where: join(folder, font) };
  }
  return { kind: 'missing', what: 'no font file in the usual folders' };
}
