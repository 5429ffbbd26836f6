import { join, resolve } from 'node:path';
import type { Sandbox } from '../electron-runtime/sandbox.ts';
import type { StartArguments } from './read-arguments.ts';

export type LaunchFacts = {
  readonly project: string;
  /** The folder where the person typed the command: paths are meant from there. */
  readonly askedFrom: string;
  readonly args: StartArguments;
  readonly sandbox: Sandbox;
  /** The display is one that nobody can see. */
  readonly isVirtualDisplay: boolean;
  /** Size of the memory that Chromium's processes share at /dev/shm; undefined where there is none to ask about. */
  readonly sharedMemoryBytes: number | undefined;
  readonly hasSound: boolean;
};

export type LaunchPlan = {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Where the picture of the wall will be, if one is made. */
  readonly screenshot: string | undefined;
};

/** Below this a wall of videos fills /dev/shm, and its pages die without a word. Containers often have 64 MB. */
const ENOUGH_SHARED_MEMORY_BYTES = 512 * 1024 * 1024;

/** How Electron is started. Without a display a picture of the wall is the only way to see it, so one is made. */
export function planLaunch(facts: LaunchFacts): LaunchPlan {
  const { args, project } = facts;
  const told = args.screenshot === undefined ? undefined : resolve(facts.askedFrom, args.screenshot);
  const screenshot = told ?? (facts.isVirtualDisplay ? join(project, 'screenshots', 'wall.png') : undefined);
  const tight = (facts.sharedMemoryBytes ?? Infinity) < ENOUGH_SHARED_MEMORY_BYTES;
  const unboxed = args.noSandbox || facts.sandbox.kind === 'off-for-root';
  return {
    args: [
      // Chromium's own log is about the system bus and the like; the app's words are not part of it.
      '--log-level=3',
      // Where there is no sound card, the sound library says so in a screenful of lines for each tile. Chromium's own
      // silent output keeps the time; ALSA's null device does not, and the tile that is heard would stand still.
      ...(facts.hasSound ? [] : ['--disable-audio-output']),
      ...(tight ? ['--disable-dev-shm-usage'] : []),
      project,
      ...(args.exitAfterSeconds === undefined ? [] : ['--exit-after', String(args.exitAfterSeconds)]),
      ...(screenshot === undefined ? [] : ['--screenshot', screenshot]),
      ...args.passedOn,
    ],
    env: unboxed ? { ELECTRON_DISABLE_SANDBOX: '1' } : {},
    screenshot,
  };
}
