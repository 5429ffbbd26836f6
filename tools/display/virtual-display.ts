import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describeOutcome, type Supervisor } from '../process/supervise.ts';
import { wildcardAuthority } from './x-authority.ts';

export type VirtualDisplay = {
  readonly name: string;
  /** What a program needs in its environment to open windows there. */
  readonly env: { readonly DISPLAY: string; readonly XAUTHORITY: string };
  readonly stop: () => Promise<void>;
};

/** One output of the size of a usual television. */
export const VIRTUAL_SCREEN = '1920x1080x24';

const READY_TIMEOUT_MS = 15_000;

/**
 * Starts an X server that draws into memory, on a display number that it picks itself, open to this person only.
 * @throws Error when it does not start
 */
export async function startVirtualDisplay(supervisor: Supervisor): Promise<VirtualDisplay> {
  const folder = await mkdtemp(join(tmpdir(), 'streamwall-display-'));
  const authority = join(folder, 'authority');
  await writeFile(authority, wildcardAuthority(randomBytes(16)), { mode: 0o600 });
  const args = ['-displayfd', '3', '-screen', '0', VIRTUAL_SCREEN, '-nolisten', 'tcp', '-auth', authority];
  const server = supervisor.start({ program: 'Xvfb', args, output: 'capture' }, 1);
  // At once when the server is gone: this process may be about to exit.
  const cleared = server.outcome.then(() => rmSync(folder, { recursive: true, force: true }));
  const stop = async (): Promise<void> => {
    await server.stop();
    await cleared;
  };
  const failed = server.outcome.then((outcome) => {
    throw new Error(`the virtual display did not start: ${describeOutcome(outcome)}`);
  });
  try {
    const number = await Promise.race([readNumber(server.child.stdio[3]), failed]);
    failed.catch(() => undefined);
    return { name: `:${number}`, env: { DISPLAY: `:${number}`, XAUTHORITY: authority }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readNumber(pipe: unknown): Promise<number> {
  return new Promise((resolve, reject) => {
    if (!(pipe instanceof Readable)) return reject(new Error('the virtual display has no line to us'));
    const timer = setTimeout(
      () => reject(new Error('the virtual display did not become ready')),
      READY_TIMEOUT_MS,
    );
    let text = '';
    pipe.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const number = /^(\d+)\n/.exec(text)?.[1];
      if (number === undefined) return;
      clearTimeout(timer);
      resolve(Number(number));
    });
  });
}
