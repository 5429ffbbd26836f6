import type { WebContents } from 'electron';
import { systemAfter } from '../wall/timers.ts';

/** A page that ends again this soon would end over and over: it is given time between. */
const SOON_MS = 10_000;
const PAUSE_MS = 2_000;

/** Loads a page of ours again whose process has ended: of a crash, for want of memory, or ended by the system. */
export function reloadWhenGone(contents: WebContents, onGone: (reason: string) => void): void {
  let lastMs = Number.NEGATIVE_INFINITY;
  let stop = (): void => undefined;
  contents.on('render-process-gone', (_event, { reason }) => {
    onGone(reason);
    const nowMs = performance.now();
    const pauseMs = nowMs - lastMs < SOON_MS ? PAUSE_MS : 0;
    lastMs = nowMs;
    stop();
    // Not while it is still being told: it may be closed on account of that.
    stop = systemAfter(pauseMs, () => {
      if (!contents.isDestroyed()) contents.reload();
    });
  });
  contents.once('destroyed', () => {
    stop();
  });
}
