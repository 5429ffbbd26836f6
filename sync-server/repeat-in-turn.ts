import type { Logger } from '#shared/kernel/logger.ts';
import type { Timers } from './documents/timers.ts';
import { LogUnavailable } from './documents/update-log.ts';

export type Repeated = {
  readonly name: string;
  readonly everyMs: number;
  readonly perform: () => Promise<unknown>;
  /** At the end, when nothing is under way any more. */
  readonly close: () => Promise<void>;
};

/** Does something again and again, each time some time after the last was over. @returns how to stop, and wait for what is under way */
export function repeatInTurn(
  { name, everyMs, perform, close }: Repeated,
  { timers, logger }: { readonly timers: Timers; readonly logger: Logger },
): () => Promise<void> {
  let isStopped = false;
  let underWay: Promise<void> = Promise.resolve();
  let callOff = (): void => undefined;
  const performOnce = async (): Promise<void> => {
    try {
      await perform();
    } catch (error) {
      if (!(error instanceof LogUnavailable)) logger.error(`${name} failed`, { error });
    }
    again();
  };
  const again = (): void => {
    if (isStopped) return;
    callOff = timers.after(everyMs, () => {
      underWay = performOnce();
    });
  };
  again();
  return async () => {
    isStopped = true;
    callOff();
    await underWay;
    await close();
  };
}
