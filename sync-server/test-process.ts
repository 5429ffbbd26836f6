import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..');
const Package = z.object({ scripts: z.object({ 'sync-server': z.string().startsWith('node ') }) });

/** A server as an operator starts it. */
export type ServerProcess = {
  readonly child: ChildProcess;
  readonly url: string;
  /** @returns its exit code; null when a signal ended it */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
};

/** @param settings its environment, besides the path. A port that it is not told is a free one */
export async function startServerProcess(settings: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const env = { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'warn', ...settings };
  const child = spawn(process.execPath, commandLine(), { env, cwd: ROOT });
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-10_000);
      const [, url] = /listening on (\S+)/.exec(said) ?? [];
      if (url !== undefined) resolve({ child, url, end: async (signal) => endProcess(child, signal) });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(said)));
  });
}

/** What `npm run sync-server` gives to node. */
function commandLine(): string[] {
  const { scripts } = Package.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  return scripts['sync-server'].split(' ').slice(1);
}

async function endProcess(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return gone;
}
