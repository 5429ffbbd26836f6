import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { lookAtProcess } from './process-tree.ts';
import { createSupervisor, describeOutcome, succeeded, type Command, type Supervisor } from './supervise.ts';

let supervisor: Supervisor;
const fresh = (graceMs?: number): Supervisor => (supervisor = createSupervisor(graceMs));
afterEach(() => supervisor.killAll());

const script = (text: string, more: Partial<Command> = {}): Command => ({
  program: process.execPath,
  args: ['-e', text],
  output: 'capture',
  ...more,
});

/** A program that starts another one, prints its id, and stays. */
const parent = (child: string, options = ''): string =>
  `const { spawn } = require('node:child_process');
   const child = spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'ignore', ${options} });
   console.log(child.pid); setInterval(() => {}, 1000);`;

function isAlive(pid: number): boolean {
  if (process.platform === 'linux') return lookAtProcess(pid) !== undefined;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(10);
}

async function childOf(running: ReturnType<Supervisor['start']>): Promise<number> {
  return new Promise((resolve) =>
    running.child.stdout?.once('data', (text: string) => resolve(Number(text))),
  );
}

describe('running a program to its end', () => {
  it('tells its exit code and what it said', async () => {
    const run = fresh().run;
    expect(await run(script('console.log("out"); console.error("err"); process.exit(3)'))).toEqual({
      kind: 'exited',
      code: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it('tells that there is no such program', async () => {
    const outcome = await fresh().run({ program: 'no-such-program-anywhere', args: [], output: 'capture' });
    expect(outcome.kind).toBe('not-started');
  });

  it('does not wait for ever, and ends what the program started', async () => {
    const { run } = fresh();
    const cutOff = async (timeoutMs: number): Promise<number> => {
      const outcome = await run(script(parent('setInterval(() => {}, 1000)'), { timeoutMs }));
      expect(outcome.kind).toBe('timed-out');
      // How long a program takes to begin is up to the machine; it is cut off later until it has begun.
      const said = 'stdout' in outcome ? outcome.stdout : '0';
      return said === '' ? cutOff(2 * timeoutMs) : Number(said);
    };
    const pid = await cutOff(700);
    expect(pid).toBeGreaterThan(0);
    await until(() => !isAlive(pid));
  });

  it('tells a killed program from one that failed', async () => {
    const outcome = await fresh().run(script('process.kill(process.pid, "SIGKILL")'));
    expect(outcome).toMatchObject({ kind: 'killed', signal: 'SIGKILL' });
    expect(succeeded(outcome)).toBe(false);
  });
});

describe('stopping', () => {
  it('ends a program that listens, and the ones that it started', async () => {
    const running = fresh().start(script(parent('setInterval(() => {}, 1000)')));
    const child = await childOf(running);
    await running.stop();
    await until(() => !isAlive(child));
    expect(running.child.signalCode).toBe('SIGTERM');
  });

  it('leaves no grandchild that does not listen', async () => {
    const running = fresh().start(
      script(parent('process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)')),
    );
    const child = await childOf(running);
    await running.stop();
    await until(() => !isAlive(child));
  });

  it.runIf(process.platform === 'linux')(
    'leaves no grandchild that has gone into a group of its own',
    async () => {
      const running = fresh().start(script(parent('setInterval(() => {}, 1000)', 'detached: true')));
      const child = await childOf(running);
      await running.stop();
      await until(() => !isAlive(child));
    },
  );

  it('ends a program that does not listen, after some time', async () => {
    const deaf = 'process.on("SIGTERM", () => {}); console.log(1); setInterval(() => {}, 1000)';
    const running = fresh(100).start(script(deaf));
    await childOf(running);
    await running.stop();
    expect(running.child.signalCode).toBe('SIGKILL');
  });

  it('ends the last started first, and starts nothing more', async () => {
    const { start, stopAll, run } = fresh();
    const ended: string[] = [];
    const first = start(script('console.log(1); setInterval(() => {}, 1000)'));
    await childOf(first);
    const second = start(script('console.log(2); setInterval(() => {}, 1000)'));
    await childOf(second);
    void first.outcome.then(() => ended.push('first'));
    void second.outcome.then(() => ended.push('second'));
    await stopAll();
    expect(ended).toEqual(['second', 'first']);
    expect(await run(script(''))).toEqual({ kind: 'not-started', reason: 'interrupted' });
  });
});

it('puts an outcome into words with the last lines of what was said', () => {
  const stack = '\n    at run (file:///tool/dist/cli.js:83:9)\n    at file:///tool/dist/cli.js:1:2';
  const stderr = Array.from({ length: 20 }, (_, line) => `line ${line}`).join('\n') + stack;
  expect(describeOutcome({ kind: 'exited', code: 2, stdout: 'x', stderr })).toMatch(
    /^exit code 2: line 8\n[^]*line 19$/,
  );
  expect(describeOutcome({ kind: 'exited', code: 0, stdout: '', stderr: '' })).toBe('exit code 0');
  expect(describeOutcome({ kind: 'timed-out', afterMs: 5000, stdout: '', stderr: '' })).toBe(
    'no end after 5 s',
  );
});
