import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** For tests: a team's program as a process of its own. */
export type RunningProgram = Readonly<{
  /** What it said it is at work with. */
  words: string;
  metrics: URL;
  /** Asks it to end. @returns its exit code */
  end: () => Promise<number | null>;
  /** As a power cut would. */
  kill: () => Promise<unknown>;
}>;

/** Runs `program`, a file of this folder, until it says that it is at work. Whoever starts it ends it. */
export async function startTeamProgram(
  program: string,
  env: Readonly<Record<string, string>>,
): Promise<RunningProgram> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(program, import.meta.url))], {
    env: { ...process.env, STATUS_METRICS_PORT: '0', SHEET_METRICS_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const stop = (signal: NodeJS.Signals) => () => {
    child.kill(signal);
    return ended;
  };
  let metrics = new URL('http://127.0.0.1');
  const words = await new Promise<string>((resolve, reject) => {
    void ended.then((code) => reject(new Error(`${program} ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, address] = /^metrics on (.+)$/.exec(line) ?? [];
      if (address !== undefined) metrics = new URL(address);
      if (/^(?:checking as|keeping) /.test(line)) resolve(line);
    });
  });
  return { words, metrics, end: stop('SIGTERM'), kill: stop('SIGKILL') };
}
