import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '#shared/replica/test-free-port.ts';

/** For tests and measurements: the sync server as a process of its own, with its embedded database in a folder. */
export type TestSyncServer = {
  readonly url: string;
  readonly key: (role: string, ...grants: readonly string[]) => Promise<string>;
  readonly stop: () => Promise<void>;
};

const file = (name: string) => fileURLToPath(new URL(`../sync-server/${name}`, import.meta.url));

export async function startTestSyncServer(folder: string, given?: number): Promise<TestSyncServer> {
  const port = given ?? (await freePort());
  const env = {
    ...process.env,
    DATA_DIR: folder,
    PORT: String(port),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent',
  };
  const server: ChildProcess = spawn(process.execPath, [file('index.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    void ended.then(() => reject(new Error('the sync server did not start')));
    createInterface({ input: server.stdout ?? process.stdin }).on('line', (line) => {
      const [, found] = /^listening on (\S+)$/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    url,
    async key(role, ...grants) {
      const options = grants.flatMap((grant) => ['--grant', grant]);
      const args = [file('streamwall.ts'), 'key', 'create', '--role', role, '--json', ...options];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env });
      return (JSON.parse(stdout) as { key: string }).key;
    },
    async stop() {
      server.kill('SIGTERM');
      await ended;
    },
  };
}
