import { utilityProcess } from 'electron';
import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { DemoChannels } from '../demo-channels/find-demo-channels.ts';

const Told = z.union([z.strictObject({ origin: z.url() }), z.strictObject({ takenPort: z.number() })]);

const START_TIMEOUT_MS = 10_000;

/** Starts the demo channels in a process of their own. */
export async function startDemoProcess(options: {
  readonly entry: string;
  readonly clipsFolder: string;
  readonly port: number;
}): Promise<Result<DemoChannels, string>> {
  const child = utilityProcess.fork(options.entry, [options.clipsFolder, String(options.port)], {
    serviceName: 'Streamwall demo channels',
    stdio: 'ignore',
  });
  const stop = async (): Promise<void> =>
    new Promise((resolve) => {
      child.once('exit', () => {
        resolve();
      });
      if (!child.kill()) resolve();
    });
  return new Promise((resolve) => {
    const giveUp = (words: string): void => {
      clearTimeout(timer);
      resolve(fail(words));
    };
    const timer = setTimeout(() => {
      giveUp('The demo channels did not start in time.');
      void stop();
    }, START_TIMEOUT_MS);
    child.once('exit', () => {
      giveUp('The demo channels could not start.');
    });
    child.once('message', (message: unknown) => {
      const told = Told.safeParse(message);
      if (!told.success) giveUp('The demo channels answered something else than where they are.');
      else if ('takenPort' in told.data)
        giveUp(`Port ${String(told.data.takenPort)} is held by another program.`);
      else {
        clearTimeout(timer);
        resolve(ok({ origin: told.data.origin, stop }));
      }
    });
  });
}
