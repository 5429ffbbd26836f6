import type { ProgramState, StartProgram } from './team-program.ts';
import { serveHealth } from './serve-health.ts';
import { systemTimers } from './timers.ts';
import { EXIT } from './worker-state.ts';
import { writeMetricText } from './write-metric-text.ts';

const TELL_MS = 1000;

/**
 * Runs a program as a process: until a signal, until whoever forked it is gone, or until it can never go on. A parent is
 * told `{ program: ProgramState }` every second, and `{ ending: words }` before an end that nobody asked for.
 * `portSetting` names the setting with the port for metrics and health.
 */
export async function runAlone(start: StartProgram, portSetting: string): Promise<never> {
  const port = readPort(process.env[portSetting]);
  if (port === 'odd') end(EXIT.misconfigured, `The setting ${portSetting} is no port.`);
  const started = await start(process.env);
  if (!started.ok) end(started.error.code, started.error.words);
  const program = started.value;
  const metrics =
    port === undefined
      ? undefined
      : await serveHealth(port, () => pagesOf(program.state())).catch((error: unknown) =>
          end(EXIT.misconfigured, `Metrics cannot be served on port ${port}: ${String(error)}`),
        );
  if (metrics !== undefined) console.log(`metrics on ${metrics.url}`);
  let cancelTelling = () => undefined as void;
  const tell = (): void => {
    process.send?.({ program: program.state() });
    cancelTelling = systemTimers.after(TELL_MS, tell);
  };
  if (process.send !== undefined) tell();
  program.atWork.then(
    (words) => console.log(words),
    () => undefined,
  );
  const asked = new Promise<{ code: number; words: string }>((resolve) => {
    let isAsked = false;
    const stop = (): void => {
      if (isAsked) process.exit(EXIT.crashed);
      isAsked = true;
      resolve({ code: EXIT.stopped, words: '' });
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    process.once('disconnect', stop);
  });
  const { code, words } = await Promise.race([asked, program.ended]);
  cancelTelling();
  await program.stop();
  metrics?.close();
  return end(code, words);
}

function end(code: number, words: string): never {
  if (words !== '') {
    process.send?.({ ending: words });
    console.error(words);
  }
  process.exit(code);
}

function readPort(text: string | undefined): number | undefined | 'odd' {
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : 'odd';
}

const pagesOf = (state: ProgramState) => {
  const { isWell, words } = state;
  return { isWell, health: { isWell, words }, metrics: () => writeMetricText(state) };
};
