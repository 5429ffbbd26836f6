import { randomInt } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fail, ok, type Result } from '../shared/kernel/result.ts';
import { buildIfStale } from './app-build.ts';
import { findDisplay } from './display/find-display.ts';
import { startVirtualDisplay } from './display/virtual-display.ts';
import { testNeeds } from './doctor/requirements.ts';
import { makeReady, type Workshop } from './make-ready.ts';
import { stopOnSignal } from './process/stop-on-signal.ts';
import { createSupervisor, type Supervisor } from './process/supervise.ts';
import { crashed, inNumbers, sum, type Count } from './test-run/count-results.ts';
import { limitsFor, timeLeftMs } from './test-run/limits.ts';
import { runPlaywright, runVitest } from './test-run/test-parts.ts';

type Part = { readonly title: string; readonly count: Count; readonly tookMs: number };

/** `npm test` and `npm run test:long`: everything, with a closing line and an exit code that are true. */
async function runTests(supervisor: Supervisor, shop: Workshop, long: boolean): Promise<readonly Part[]> {
  const limits = limitsFor(long);
  const beganMs = Date.now();
  const left = (limitMs: number): number => timeLeftMs(limitMs, limits, Date.now() - beganMs);
  const parts: Part[] = [];
  const part = async (title: string, work: () => Promise<Count>): Promise<void> => {
    const partBeganMs = Date.now();
    const count = await work().catch((error: unknown) =>
      crashed(error instanceof Error ? error.message : String(error)),
    );
    parts.push({ title, count, tookMs: Date.now() - partBeganMs });
  };
  const reports = join(shop.project, '.cache', 'test-reports');
  await mkdir(reports, { recursive: true });
  const common = { project: shop.project, run: shop.run, reports };

  const ready = await within(left(limits.preparationMs), getReady(shop));
  if (!ready.ok) {
    await part('getting ready', () => Promise.resolve(crashed(ready.error)));
    return parts;
  }
  const built = await within(left(limits.preparationMs), buildIfStale(shop));
  await part('unit and contract tests', () =>
    runVitest({ ...common, env: shop.env, timeoutMs: left(limits.unitMs) }),
  );
  await part('end-to-end tests', async () => {
    if (!built.ok) return crashed(built.error);
    const display = await findDisplay(shop.env, process.platform);
    const virtual = display.kind === 'usable' ? undefined : await startVirtualDisplay(supervisor);
    if (virtual !== undefined) shop.say('No display here: the windows open on a virtual one.');
    try {
      const env = { ...shop.env, ...virtual?.env };
      return await runPlaywright({ ...common, env, timeoutMs: left(limits.endToEndMs) });
    } finally {
      await virtual?.stop();
    }
  });
  return parts;
}

async function getReady(shop: Workshop): Promise<Result<void, string>> {
  const display = await findDisplay(shop.env, process.platform);
  const ready = await makeReady(testNeeds(display.kind === 'usable'), shop);
  return ready.ok ? ok(undefined) : ready;
}

async function within(limitMs: number, work: Promise<Result<void, string>>): Promise<Result<void, string>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result<void, string>>((resolveLate) => {
    const words = `getting ready took longer than ${Math.round(limitMs / 60_000)} minutes`;
    timer = setTimeout(() => resolveLate(fail(words)), limitMs);
  });
  const failed = (error: unknown): Result<void, string> =>
    fail(error instanceof Error ? error.message : String(error));
  const first = await Promise.race([work.catch(failed), late]);
  clearTimeout(timer);
  return first;
}

function sayParts(parts: readonly Part[], say: (line: string) => void): void {
  say('');
  for (const { title, count, tookMs } of parts) {
    say(`${title.padEnd(26)} ${inNumbers(count)}   (${(tookMs / 1000).toFixed(1)} s)`);
    for (const trouble of count.troubles) say(`  ${trouble.replaceAll('\n', '\n  ')}`);
  }
}

const supervisor = createSupervisor();
const interruption = stopOnSignal({ stop: () => supervisor.stopAll(), kill: () => supervisor.killAll() });
const say = (line: string): void => {
  if (!interruption.isUnderWay()) console.log(line);
};
const long = process.argv.includes('--long');
const seed = process.env['STREAMWALL_SEED'] ?? String(randomInt(1, 2 ** 31));
const command = long ? 'npm run test:long' : 'npm test';
say(`seed: ${seed}   (STREAMWALL_SEED=${seed} ${command} runs the same again)`);
const env = { ...process.env, STREAMWALL_SEED: seed, ...(long ? { STREAMWALL_LONG: '1' } : {}) };
const parts = await runTests(
  supervisor,
  { project: resolve(import.meta.dirname, '..'), env, run: supervisor.run, say },
  long,
);
sayParts(parts, say);
const total = sum(parts.map((part) => part.count));
say(inNumbers(total));
if (!interruption.isUnderWay()) process.exit(total.failed === 0 ? 0 : 1);
