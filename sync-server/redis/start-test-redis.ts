import { spawn, type ChildProcess } from 'node:child_process';
import { freePort } from '#shared/replica/test-free-port.ts';

/** A Redis of a test's own that keeps nothing on disk. */
export type TestRedis = {
  readonly url: string;
  /** As if the machine had lost it, with all it held. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Takes connections and answers nothing, until `goOn`. */
  hang(): void;
  goOn(): void;
};

/** Starts the Redis that is installed on this machine on a free port of 127.0.0.1. */
export async function startTestRedis(): Promise<TestRedis> {
  const port = await freePort();
  let server: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    server = spawn('redis-server', args, { cwd: '/tmp', stdio: ['ignore', 'pipe', 'inherit'] });
    await untilReady(server);
  };
  await start();
  return {
    url: `redis://127.0.0.1:${String(port)}`,
    start,
    hang: () => void server?.kill('SIGSTOP'),
    goOn: () => void server?.kill('SIGCONT'),
    stop: async () => {
      const running = server;
      server = undefined;
      if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await ended;
    },
  };
}

async function untilReady(server: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let said = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-10_000);
      if (said.includes('Ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`redis ended: ${said}`)));
  });
}
