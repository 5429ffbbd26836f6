import { resolve } from 'node:path';
import { prepareRuntime } from './electron-runtime/prepare-runtime.ts';
import { createSupervisor } from './process/supervise.ts';

/** Makes an Electron ready in node_modules and says which one it is. */
const supervisor = createSupervisor();
const project = resolve(import.meta.dirname, '..');
const say = (line: string): void => console.log(line);

try {
  const needCompiler = (): Promise<void> => Promise.resolve();
  const runtime = await prepareRuntime({ project, env: process.env, run: supervisor.run, say, needCompiler });
  say(`Electron ${runtime.version} (${runtime.origin}): ${runtime.why}`);
  say(runtime.executable);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
