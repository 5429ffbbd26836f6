import { fork, type ChildProcess } from 'node:child_process';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { z } from 'zod';
import { afterEnding, begin, type Supervision } from './supervise.ts';
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
  /** What it told last; undefined while it does not run. */
  readonly state: WorkerState | undefined;
};

type Parts = Readonly<{ entry: URL; names: readonly string[]; clock: Clock; timers: Timers; logger: Logger }>;

const STOP_MS = 10_000;

/** What a worker tells its supervisor. */
const Told = z.union([z.object({ state: WorkerState }), z.object({ ending: z.string() })]);

export function runWorkers({ entry, names, clock, timers, logger }: Parts): RunningWorkers {
  let giveUpAll = () => undefined as void;
  const allGivenUp = new Promise<void>((resolve) => (giveUpAll = resolve));
  const run = (name: string) =>
    runWorker({ entry, clock, timers, logger, name }, () => {
      if (workers.every((worker) => worker.report().supervision.type === 'given-up')) giveUpAll();
    });
  const workers = names.map(run);
  return {
    states: () => workers.map((worker) => worker.report()),
    allGivenUp,
    stop: async () => (await Promise.all(workers.map((worker) => worker.stop()))).every(Boolean),
  };
}

function runWorker(
  { entry, name, clock, timers, logger }: Omit<Parts, 'names'> & { readonly name: string },
  onGivenUp: () => void,
) {
  let supervision: Supervision = begin(clock.nowMs());
  let state: WorkerState | undefined;
  let child: ChildProcess | undefined;
  let words = '';
  let isStopping = false;
  let stopWaiting = () => undefined as void;
  let ended = Promise.resolve(0 as number | null);

  const start = (failures: number): void => {
    supervision = begin(clock.nowMs(), failures);
    words = '';
    const running = fork(entry, [name], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child = running;
    running.on('message', (message) => {
      const { data } = Told.safeParse(message);
      if (data !== undefined && 'state' in data) ({ state } = data);
      else if (data !== undefined) words = data.ending;
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
    state = undefined;
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
    report: (): WorkerReport => ({ name, supervision, state }),
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
