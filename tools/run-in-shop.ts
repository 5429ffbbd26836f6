import { resolve } from 'node:path';
import { fail, type Result } from '../shared/kernel/result.ts';
import type { Workshop } from './make-ready.ts';
import { stopOnSignal } from './process/stop-on-signal.ts';
import { createSupervisor, type Supervisor } from './process/supervise.ts';

/**
 * Runs one of the project's commands to its end: its outcome is the process's, and whatever it started is ended with it
 * when it is interrupted, without another word.
 */
export async function runInShop(
  run: (supervisor: Supervisor, shop: Workshop) => Promise<Result<void, string>>,
): Promise<void> {
  const supervisor = createSupervisor();
  const interruption = stopOnSignal({ stop: () => supervisor.stopAll(), kill: () => supervisor.killAll() });
  const shop: Workshop = {
    project: resolve(import.meta.dirname, '..'),
    env: process.env,
    run: supervisor.run,
    say: (line) => {
      if (!interruption.isUnderWay()) console.log(line);
    },
  };
  const ended = await run(supervisor, shop).catch((error: unknown) =>
    fail(error instanceof Error ? error.message : String(error)),
  );
  if (interruption.isUnderWay()) return;
  if (!ended.ok) console.error(ended.error);
  process.exitCode = ended.ok ? 0 : 1;
}
