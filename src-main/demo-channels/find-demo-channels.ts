import { z } from 'zod';
import { ok, type Result } from '#shared/kernel/result.ts';
import { DEMO_SERVER_NAME } from './demo-server.ts';

/** Demo channels that are being served now. */
export type DemoChannels = { readonly origin: string; readonly stop: () => Promise<void> };

const Health = z.object({ program: z.literal(DEMO_SERVER_NAME) });

/**
 * Brings the demo channels: those that another desk on this machine already serves on the port, or new ones.
 * @param port the one that their links name; 0 where any will do
 * @param start starts them here
 * @returns or why they cannot be had, in words
 */
export async function findDemoChannels(
  port: number,
  start: (port: number) => Promise<Result<DemoChannels, string>>,
): Promise<Result<DemoChannels, string>> {
  const origin = `http://127.0.0.1:${String(port)}`;
  if (port !== 0 && (await isDemoServer(origin))) return ok({ origin, stop: async () => Promise.resolve() });
  return start(port);
}

async function isDemoServer(origin: string): Promise<boolean> {
  try {
    const answer = await fetch(`${origin}/health`, { signal: AbortSignal.timeout(1000) });
    return Health.safeParse(await answer.json()).success;
  } catch {
    return false;
  }
}
