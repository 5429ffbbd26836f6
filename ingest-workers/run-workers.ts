import { fork, type ChildProcess } from 'node:child_process';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { z } from 'zod';
import { afterEnding, begin, type Supervision } from './supervise.ts';
import { ProgramState } from './team-program.ts';
import type { Timers } from './timers.ts';
import { WorkerState } from './worker-state.ts';

/** Workers, each in a process of its own, so that none can touch another. */
export type RunningWorkers = {
  readonly states: () => readonly WorkerReport[];
  /** Resolves when every worker was given up. */
  readonly allGivenUp: Promise<void>;
  /** Asks all to end, waits, and ends whoever does not. @returns whether all ended as they should */
  readonly stop: () => Promise<boolean>;
};

export type WorkerReport = {
  readonly name: string;
  readonly supervision: Supervision;
  /** What a bot told last; undefined while it does not run. */
  readonly state: WorkerState | undefined;
  /** The same of any other program. */
  readonly program: ProgramState | undefined;
};

export const isWell = ({ state, program }: WorkerReport): boolean =>
  state?.platform === 'connected' || program?.isWell === true;

/** A worker's program, and what it is told when it is started. */
export type WorkerToRun = Readonly<{ name: string; entry: URL }>;

type Parts = Readonly<{
  workers: readonly WorkerToRun[];
  clock: Clock;
  timers: Timers;
  logger: Logger;
}>;

/** A worker's own key, as `STREAMWALL_KEY_TWITCH`, comes before the one of all; no worker sees another's. */
export function envOfWorker(name: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = env[`${KEY}_${name.toUpperCase()}`];
  const shared = Object.fromEntries(Object.entries(env).filter(([each]) => !each.startsWith(`${KEY}_`)));
  return own === undefined || own === '' ? shared : { ...shared, [KEY]: own };
}

const startProcess = (entry: URL, name: string): ChildProcess =>
  fork(entry, [name], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: envOfWorker(name, process.env),
  });

const KEY = 'STREAMWALL_KEY';
const STOP_MS = 10_000;

/** What a worker tells its supervisor. */
const Told = z.union([
  z.object({ state: WorkerState }),
  z.object({ program: ProgramState }),
  z.object({ ending: z.string() }),
]);

export function runWorkers({ workers: wanted, ...means }: Parts): RunningWorkers {
  let giveUpAll = () => undefined as void;
  const allGivenUp = new Promise<void>((resolve) => (giveUpAll = resolve));
  const workers = wanted.map((worker) =>
    runWorker({ ...worker, ...means }, () => {
      if (workers.every(({ report }) => report().supervision.type === 'given-up')) giveUpAll();
    }),
  );
  return {
    states: () => workers.map((worker) => worker.report()),
    allGivenUp,
    stop: async () => (await Promise.all(workers.map((worker) => worker.stop()))).every(Boolean),
  };
}

const NOTHING_TOLD = { state: undefined, program: undefined };

function runWorker(
  { entry, name, clock, timers, logger }: Omit<Parts, 'workers'> & WorkerToRun,
  onGivenUp: () => void,
): { readonly report: () => WorkerReport; readonly stop: () => Promise<boolean> } {
  let supervision: Supervision = begin(clock.nowMs());
  let told: Pick<WorkerReport, 'state' | 'program'> = NOTHING_TOLD;
  let child: ChildProcess | undefined;
  let words = '';
  let isStopping = false;
  let stopWaiting = () => undefined as void;
  let ended = Promise.resolve(0 as number | null);

  const start = (failures: number): void => {
    supervision = begin(clock.nowMs(), failures);
    words = '';
    const running = startProcess(entry, name);
    child = running;
    running.on('message', (message) => {
      const { data } = Told.safeParse(message);
      if (data === undefined) return;
      if ('ending' in data) words = data.ending;
      else told = { ...NOTHING_TOLD, ...data };
    });
    ended = new Promise((resolve) => {
      running.once('exit', (code, signal) => {
        resolve(code);
        if (!isStopping) restart({ code, signal, words });
      });
      running.once('error', (error) => logger.error('a worker cannot be started', { name, error }));
    });
  };
  const restart = (ending: Parameters<typeof afterEnding>[1]): void => {
    told = NOTHING_TOLD;
    child = undefined;
    if (supervision.type !== 'running') return;
    supervision = afterEnding(supervision, ending, clock.nowMs(), Math.random());
    if (supervision.type === 'given-up') {
      logger.error('a worker is given up; the others go on', { worker: name, why: supervision.words });
      onGivenUp();
    } else if (supervision.type === 'waiting') {
      const { untilMs, failures } = supervision;
      logger.warn('a worker ended and is started again', { worker: name, why: supervision.words, failures });
      stopWaiting = timers.after(untilMs - clock.nowMs(), () => start(failures));
    }
  };
  start(0);
  return {
    report: () => ({ name, supervision, ...told }),
    async stop(): Promise<boolean> {
      isStopping = true;
      stopWaiting();
      if (child === undefined) return supervision.type !== 'given-up';
      child.kill('SIGTERM');
      const stopKilling = timers.after(STOP_MS, () => child?.kill('SIGKILL'));
      const code = await ended;
      stopKilling();
      return code === 0;
    },
  };
}
