import { z } from 'zod';
import { ok, type Result } from '#shared/kernel/result.ts';
import { DEMO_SERVER_NAME } from './demo-server.ts';

/** Demo channels that are being served now. */
export type DemoChannels = { readonly origin: string; readonly stop: () => Promise<void> };

const Health = z.object({ program: z.literal(DEMO_SERVER_NAME) });

/**
 * Brings the demo channels: those that another desk on this machine already serves on the port, or new ones. When the
 * other desk ends, they are served from here on the same port.
 * @param port the one that their links name; 0 where any will do
 * @param start starts them here
 * @returns or why they cannot be had, in words
 */
export async function findDemoChannels(
  port: number,
  start: (port: number) => Promise<Result<DemoChannels, string>>,
  lookEveryMs = LOOK_EVERY_MS,
): Promise<Result<DemoChannels, string>> {
  const origin = `http://127.0.0.1:${String(port)}`;
  if (port === 0 || !(await isDemoServer(origin))) return start(port);
  return ok({ origin, stop: standBy(origin, async () => start(port), lookEveryMs) });
}

const LOOK_EVERY_MS = 2_000;

/** Looks whether the other desk's channels are still there, and takes over when they are not. @returns how to stop */
function standBy(
  origin: string,
  start: () => Promise<Result<DemoChannels, string>>,
  lookEveryMs: number,
): () => Promise<void> {
  let isOver = false;
  let looking = Promise.resolve();
  let own: DemoChannels | undefined;
  const look = async (): Promise<void> => {
    if (await isDemoServer(origin)) return;
    const started = await start();
    if (started.ok) own = started.value;
  };
  const timer = setInterval(() => {
    looking = looking
      .then(async () => (isOver || own !== undefined ? undefined : look()))
      .catch(() => undefined);
  }, lookEveryMs);
  return async () => {
    isOver = true;
    clearInterval(timer);
    await looking;
    await own?.stop();
  };
}

async function isDemoServer(origin: string): Promise<boolean> {
  try {
    const answer = await fetch(`${origin}/health`, { signal: AbortSignal.timeout(1000) });
    return Health.safeParse(await answer.json()).success;
  } catch {
    return false;
  }
}
