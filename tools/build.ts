import { resolve } from 'node:path';
import { build } from './app-build.ts';
import { createSupervisor } from './process/supervise.ts';

/** `npm run build`: the app, built into `out/`. */
const { run } = createSupervisor();
const say = (line: string): void => console.log(line);
const built = await build({ project: resolve(import.meta.dirname, '..'), env: process.env, run, say });
say(built.ok ? 'It is in out/.' : built.error);
process.exitCode = built.ok ? 0 : 1;
