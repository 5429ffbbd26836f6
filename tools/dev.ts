import { join, resolve } from 'node:path';
import { findDisplay } from './display/find-display.ts';
import { startVirtualDisplay } from './display/virtual-display.ts';
import { startNeeds } from './doctor/requirements.ts';
import { makeReady, type Workshop } from './make-ready.ts';
import { stopOnSignal } from './process/stop-on-signal.ts';
import { createSupervisor, succeeded, type Supervisor } from './process/supervise.ts';
import { hasSound } from './start/inspect-surroundings.ts';

/** `npm run dev`: the app from its sources, reloading as they change; what follows `--` goes to the app. */
async function develop(supervisor: Supervisor, shop: Workshop, args: readonly string[]): Promise<boolean> {
  const display = await findDisplay(shop.env, process.platform);
  const ready = await makeReady(startNeeds(display.kind === 'usable'), shop);
  if (!ready.ok) {
    shop.say(ready.error);
    return false;
  }
  const virtual = display.kind === 'usable' ? undefined : await startVirtualDisplay(supervisor);
  const flags = [
    '--log-level=3',
    ...((await hasSound(shop.env)) ? [] : ['--alsa-output-device=null']),
    ...args,
  ];
  const server = supervisor.start({
    program: process.execPath,
    args: [
      join(shop.project, 'node_modules/electron-vite/bin/electron-vite.js'),
      'dev',
      '--watch',
      '--',
      ...flags,
    ],
    cwd: shop.project,
    env: { ...shop.env, ...virtual?.env },
    output: 'show',
  });
  const outcome = await server.outcome;
  await virtual?.stop();
  return succeeded(outcome);
}

const supervisor = createSupervisor();
stopOnSignal({ stop: () => supervisor.stopAll(), kill: () => supervisor.killAll() });
const shop: Workshop = {
  project: resolve(import.meta.dirname, '..'),
  env: process.env,
  run: supervisor.run,
  say: (line) => console.log(line),
};
process.exitCode = (await develop(supervisor, shop, process.argv.slice(2))) ? 0 : 1;
