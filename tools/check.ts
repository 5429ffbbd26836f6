import { resolve } from 'node:path';
import { fail } from '../shared/kernel/result.ts';
import { checks } from './checks/parts.ts';
import { stopOnSignal } from './process/stop-on-signal.ts';
import { createSupervisor } from './process/supervise.ts';

/** `npm run check`: one line a part, details only of what is wrong, and an exit code that is true. */
const supervisor = createSupervisor();
stopOnSignal({ stop: () => supervisor.stopAll(), kill: () => supervisor.killAll() });
const project = resolve(import.meta.dirname, '..');

const failed: string[] = [];
for (const { title, look } of checks) {
  const beganMs = Date.now();
  const found = await look(project, supervisor.run).catch((error: unknown) => fail(String(error)));
  const took = `${((Date.now() - beganMs) / 1000).toFixed(1)} s`;
  console.log(
    `${found.ok ? 'ok    ' : 'FAILED'}  ${title.padEnd(10)} ${took.padStart(7)}  ${found.ok ? found.value : ''}`,
  );
  if (found.ok) continue;
  failed.push(title);
  console.log(found.error.replaceAll(/^/gm, '    '));
}
console.log(failed.length === 0 ? 'All checks pass.' : `Not right yet: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
