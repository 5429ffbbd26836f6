import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '../..');

export const PASSWORD = 'harbour-lights-9';

/** A sync server of a story: the real program on a folder of its own. */
export type TeamServer = {
  readonly url: string;
  readonly addPerson: (name: string, role: string) => Promise<{ readonly email: string }>;
  readonly addKey: (role: string) => Promise<string>;
  /** The link of an invitation, as an admin gives it to somebody. */
  readonly addInvite: (role: string) => Promise<string>;
  readonly stop: () => Promise<void>;
};

export async function startTeamServer(): Promise<TeamServer> {
  const folder = await mkdtemp(join(tmpdir(), 'streamwall-server-'));
  const env = { ...process.env, DATA_DIR: folder, HOST: '127.0.0.1', PORT: '0' };
  const child = spawn(process.execPath, ['sync-server/index.ts'], { cwd: PROJECT, env });
  const url = await listening(child);
  const run = async (...args: readonly string[]): Promise<string> =>
    outputOf(spawn(process.execPath, ['sync-server/streamwall.ts', ...args], { cwd: PROJECT, env }));
  return {
    url,
    addPerson: async (name, role) => {
      const email = `${name.toLowerCase()}@example.org`;
      await run('user', 'add', '--email', email, '--password', PASSWORD, '--role', role, '--name', name);
      return { email };
    },
    addKey: async (role) => textIn(await run('key', 'create', '--role', role, '--json'), 'key'),
    addInvite: async (role) =>
      `${url}/invite/${textIn(await run('invite', '--role', role, '--json'), 'token')}`,
    stop: async () => {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function textIn(json: string, name: string): string {
  const made: unknown = JSON.parse(json);
  const found =
    typeof made === 'object' && made !== null
      ? Object.entries(made).find(([key]) => key === name)
      : undefined;
  if (typeof found?.[1] !== 'string') throw new Error(`no ${name} was made`);
  return found[1];
}

async function listening(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const [, url] = /listening on (\S+)/.exec(said) ?? [];
      if (url !== undefined) done(url);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => fail(new Error(`the server did not start: ${said}`)));
  });
}

async function outputOf(child: ChildProcess): Promise<string> {
  let out = '';
  let problems = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (problems += chunk.toString()));
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error(problems);
  return out;
}
