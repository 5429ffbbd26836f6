import { lookAtProcess } from './process-tree.ts';

const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** npm passes on the Ctrl+C that the terminal has sent to us as well; the two arrive together and count as one. */
const SAME_KEYPRESS_MS = 500;
const PARENT_LOOK_MS = 500;

export type Interruption = { readonly isUnderWay: () => boolean };

/**
 * On the first Ctrl+C, SIGTERM or lost terminal, calls `stop` and then ends this process as one that was interrupted;
 * on a second one, ends at once. `kill` is called whenever and however this process exits.
 */
export function stopOnSignal(actions: {
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
}): Interruption {
  let sinceMs: number | undefined;
  const interrupt = (signal: keyof typeof CODES): void => {
    if (sinceMs === undefined) {
      sinceMs = Date.now();
      void actions.stop().finally(() => process.exit(CODES[signal]));
    } else if (Date.now() - sinceMs > SAME_KEYPRESS_MS) {
      process.exit(CODES[signal]);
    }
  };
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt(signal));
  process.on('exit', actions.kill);
  watchParents(() => interrupt('SIGTERM'));
  return { isUnderWay: () => sinceMs !== undefined };
}

/**
 * npm starts us through a shell. A SIGTERM to npm ends that shell only, and a SIGKILL not even that: without looking
 * we would be left behind, with everything that we have started.
 */
function watchParents(gone: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const shell = process.ppid;
  const npm = lookAtProcess(shell)?.parent;
  const timer = setInterval(() => {
    if (process.ppid === shell && lookAtProcess(shell)?.parent === npm) return;
    clearInterval(timer);
    gone();
  }, PARENT_LOOK_MS);
  timer.unref();
}
