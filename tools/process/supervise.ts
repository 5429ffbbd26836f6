import { spawn, type ChildProcess } from 'node:child_process';
import { descendantsOf, killMarked } from './process-tree.ts';

/** What to run. `args` are handed over as they are: no shell is involved. */
export type Command = {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `capture` keeps what is printed for the caller; `show` prints it as it comes; `both` does both. */
  readonly output: 'capture' | 'show' | 'both';
  /** After this long it is ended with all that it started, and the outcome is `timed-out`. */
  readonly timeoutMs?: number;
  /** True for programs that may ask the person something: they stay attached to the terminal. */
  readonly mayAsk?: boolean;
};

export type Outcome =
  | { readonly kind: 'exited'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'killed'; readonly signal: string; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'timed-out'; readonly afterMs: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'not-started'; readonly reason: string };

export type Running = {
  readonly child: ChildProcess;
  readonly outcome: Promise<Outcome>;
  /** Ends the process and everything it started; resolves when the process is gone. */
  readonly stop: () => Promise<void>;
};

/** Starts processes, each in a group of its own, and can end every one of them with all they started. */
export type Supervisor = {
  readonly run: (command: Command) => Promise<Outcome>;
  /** `extraPipes` opens that many readable pipes after standard error (file descriptors 3, 4, …). */
  readonly start: (command: Command, extraPipes?: number) => Running;
  /** Ends everything, the last started first, and starts nothing more. */
  readonly stopAll: () => Promise<void>;
  /** Last resort, synchronous: for a process that is about to exit. */
  readonly killAll: () => void;
};

export type Run = Supervisor['run'];

const KEPT_OUTPUT_CHARS = 4_000_000;
const GRACE_MS = 5_000;
const TAIL_LINES = 12;

/** @param graceMs how long a program may take to end in good order */
export function createSupervisor(graceMs = GRACE_MS): Supervisor {
  const running = new Set<Running>();
  let stopping = false;
  const start: Supervisor['start'] = (command, extraPipes = 0) => {
    if (stopping) throw new Error('interrupted');
    const started = startProcess(command, extraPipes, graceMs);
    running.add(started);
    void started.outcome.then(() => running.delete(started));
    return started;
  };
  return {
    start,
    run: async (command) =>
      stopping ? { kind: 'not-started', reason: 'interrupted' } : start(command).outcome,
    stopAll: async () => {
      stopping = true;
      for (const each of [...running].reverse()) await each.stop().then(() => each.outcome);
    },
    killAll: () => {
      for (const each of running) killWithAll(each.child);
    },
  };
}

/** True when the program ran to its end and reported success. */
export function succeeded(outcome: Outcome): outcome is Outcome & { readonly kind: 'exited' } {
  return outcome.kind === 'exited' && outcome.code === 0;
}

/** The outcome in words, with the last lines of what the program said. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'not-started':
      return outcome.reason;
    case 'exited':
      return withTail(`exit code ${outcome.code}`, outcome.stderr || outcome.stdout);
    case 'killed':
      return withTail(`ended by ${outcome.signal}`, outcome.stderr || outcome.stdout);
    case 'timed-out':
      return withTail(
        `no end after ${Math.round(outcome.afterMs / 1000)} s`,
        outcome.stderr || outcome.stdout,
      );
  }
}

function withTail(summary: string, text: string): string {
  const lines = text.trim().split('\n');
  // Where in a tool's own code it happened helps nobody here.
  const words = lines.filter((line) => !/^\s+at .*\d+:\d+\)?$/.test(line));
  const tail = words.slice(-TAIL_LINES).join('\n').trim();
  return tail === '' ? summary : `${summary}: ${tail}`;
}

function startProcess(command: Command, extraPipes: number, graceMs: number): Running {
  const own = command.mayAsk !== true && process.platform !== 'win32';
  const stream = command.output === 'show' ? 'inherit' : 'pipe';
  const child = spawn(command.program, command.args, {
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    env: command.env ?? process.env,
    detached: own,
    stdio: [
      command.mayAsk ? 'inherit' : 'ignore',
      stream,
      stream,
      ...Array.from({ length: extraPipes }, () => 'pipe' as const),
    ],
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      printed[name] = (printed[name] + text).slice(-KEPT_OUTPUT_CHARS);
      if (command.output === 'both') process[name].write(text);
    });
  }
  const outcome = waitForEnd(child, command, printed, graceMs);
  return { child, outcome, stop: () => stopGently(child, graceMs) };
}

function waitForEnd(
  child: ChildProcess,
  command: Command,
  printed: { stdout: string; stderr: string },
  graceMs: number,
): Promise<Outcome> {
  return new Promise((resolve) => {
    let timedOut = false;
    const limitMs = command.timeoutMs;
    const timer =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            void stopGently(child, graceMs);
          }, limitMs);
    const end = (outcome: Outcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    child.once('error', (error) => end({ kind: 'not-started', reason: error.message }));
    child.once('exit', (code, signal) => {
      // A grandchild may hold the pipes open after its parent is gone; a moment is given for the last words.
      const finish = (): void => {
        if (timedOut) end({ kind: 'timed-out', afterMs: limitMs ?? 0, ...printed });
        else if (code === null) end({ kind: 'killed', signal: signal ?? 'a signal', ...printed });
        else end({ kind: 'exited', code, ...printed });
      };
      child.once('close', finish);
      setTimeout(finish, 500).unref();
    });
  });
}

/**
 * Asks the program itself first, so that it can end its own in good order (Electron its pages, a test runner its
 * browsers); what is left after that, in whatever group, is ended without asking.
 */
function stopGently(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve();
  const before = descendantsOf(child.pid);
  return new Promise((resolve) => {
    const hard = setTimeout(() => killWithAll(child), graceMs);
    child.once('exit', () => {
      clearTimeout(hard);
      killGroup(child);
      killMarked(before);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

function killWithAll(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const all = descendantsOf(child.pid);
  killGroup(child);
  child.kill('SIGKILL');
  killMarked(all);
}

/** Ends the group that a program was started in; one that may ask has none of its own. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || process.platform === 'win32') return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left in it, or there is no such group.
  }
}
