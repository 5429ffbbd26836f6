import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../shared/kernel/result.ts';
import { buildIfStale } from './app-build.ts';
import { findDisplay, type FoundDisplay } from './display/find-display.ts';
import { startVirtualDisplay } from './display/virtual-display.ts';
import { startNeeds } from './doctor/requirements.ts';
import {
  inspectSandbox,
  SANDBOX_BLOCKED,
  sandboxRemedies,
  type Sandbox,
} from './electron-runtime/sandbox.ts';
import { makeReady, type Workshop } from './make-ready.ts';
import { describeOutcome, succeeded, type Outcome, type Supervisor } from './process/supervise.ts';
import { runInShop } from './run-in-shop.ts';
import type { Say } from './say.ts';
import { dataFolder, hasSound, makeWritable, sharedMemoryBytes } from './start/inspect-surroundings.ts';
import { planLaunch } from './start/plan-launch.ts';
import { readArguments, usage, type StartArguments } from './start/read-arguments.ts';
import { sayWhatRuns } from './start/words.ts';

/** `npm start`: brings what is missing, builds the app if its sources are newer, and runs it until it ends. */
async function start(
  supervisor: Supervisor,
  shop: Workshop,
  args: StartArguments,
): Promise<Result<void, string>> {
  const display = await findDisplay(shop.env, process.platform);
  const ready = await makeReady(startNeeds(display.kind === 'usable'), shop);
  if (!ready.ok) return ready;
  const sandbox = await inspectSandbox(ready.value.binary, shop.run);
  if (sandbox.kind === 'blocked' && !args.noSandbox) {
    return fail(
      [SANDBOX_BLOCKED, 'Ways out:', ...sandboxRemedies(ready.value.binary).map((each) => `  ${each}`)].join(
        '\n',
      ),
    );
  }
  if (sandbox.kind === 'off-for-root') {
    shop.say('As root, web pages run without Chromium’s sandbox: fine to try it out.');
  }
  const built = await buildIfStale(shop);
  if (!built.ok) return built;
  return runApp(supervisor, shop, { args, sandbox, display, executable: ready.value.executable });
}

async function runApp(
  supervisor: Supervisor,
  { project, env, say }: Workshop,
  facts: {
    readonly args: StartArguments;
    readonly sandbox: Sandbox;
    readonly display: FoundDisplay;
    readonly executable: string;
  },
): Promise<Result<void, string>> {
  const { args, sandbox, display } = facts;
  const isVirtualDisplay = display.kind !== 'usable';
  const askedFrom = env['INIT_CWD'] ?? process.cwd();
  const plan = planLaunch({
    project,
    askedFrom,
    args,
    sandbox,
    isVirtualDisplay,
    sharedMemoryBytes: await sharedMemoryBytes(),
    hasSound: await hasSound(env),
  });
  const data = dataFolder(env);
  const writable = await makeWritable(data);
  if (!writable.ok) {
    return fail(
      `The folder for your walls cannot be written to (${writable.error}). Name another in STREAMWALL_DATA_DIR.`,
    );
  }
  if (plan.screenshot !== undefined) await mkdir(dirname(plan.screenshot), { recursive: true });
  if (display.kind === 'dead') say(`DISPLAY is ${display.name}, but nobody answers there.`);
  const virtual = isVirtualDisplay ? await startVirtualDisplay(supervisor) : undefined;
  try {
    const app = supervisor.start({
      program: facts.executable,
      args: plan.args,
      cwd: project,
      env: { ...env, ...virtual?.env, ...plan.env },
      output: 'show',
    });
    const { exitAfterSeconds } = args;
    const words = sayWhatRuns({ plan, isVirtualDisplay, exitAfterSeconds, dataFolder: data });
    for (const line of ['', ...words, '']) say(line);
    return tellEnd(await app.outcome, say);
  } finally {
    // The app is gone by now; a display that went first would make it crash.
    await virtual?.stop();
  }
}

function tellEnd(outcome: Outcome, say: Say): Result<void, string> {
  if (!succeeded(outcome)) return fail(`Streamwall ended in trouble: ${describeOutcome(outcome)}`);
  say('Streamwall has ended. Everything that was shown as saved is kept; `npm start` brings it back.');
  return ok(undefined);
}

const args = readArguments(process.argv.slice(2));
if (!args.ok || args.value.help) {
  console.log(args.ok ? usage : `${args.error}\n\n${usage}`);
  process.exitCode = args.ok ? 0 : 1;
} else {
  await runInShop(async (supervisor, shop) => start(supervisor, shop, args.value));
}
