import { spawn, type ChildProcess } from 'node:child_process';

/** A server that was started, in a process of its own. */
export type ServerProcess = {
  readonly pid: number;
  readonly url: string;
  /** Somebody else will kill it; of one that ends by itself, its last words are told. */
  expectEnd(): void;
  /** Resolves when it has ended. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

/** @param isReady says from what the process has printed where it listens, once it does */
export async function startServerProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  isReady: (said: string) => string | undefined,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await waitUntilReady(child, isReady);
  let isEndExpected = false;
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  child.once('exit', (code, signal) => {
    if (!isEndExpected) console.error(`a server ended by itself (${String(code ?? signal)}): ${said}`);
  });
  const stop = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    isEndExpected = true;
    await end(child, signal);
  };
  const expectEnd = (): void => {
    isEndExpected = true;
  };
  return { pid: child.pid ?? 0, url, expectEnd, stop };
}

async function waitUntilReady(
  child: ChildProcess,
  isReady: (said: string) => string | undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the server does not start: ${said}`));
    }, START_TIMEOUT_MS);
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-10_000);
      const url = isReady(said);
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`the server ended: ${said}`));
    });
  });
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
