import { z } from 'zod';
import type { Logger } from '#shared/kernel/logger.ts';
import type { TeamServer } from './connect-to-team.ts';
import type { Timers } from './timers.ts';

/** What admins have switched off, as far as it concerns this worker. */
export type Switches = {
  /** A sentence that says why it is to rest; undefined while it is not. */
  readonly paused: () => string | undefined;
  /** Whether nothing of a platform is to be asked, by its name; true for all of them while the worker is to rest. */
  readonly isOff: (platform: string) => boolean;
  /** Goes up when something was switched. */
  readonly version: () => number;
  readonly stop: () => void;
};

const Pause = z.object({ reason: z.string(), words: z.string() });
const Answer = z.object({ paused: Pause.nullable(), platforms: z.record(z.string(), Pause) });

/** What is switched acts within two seconds. */
const EVERY_MS = 1_500;
const TIMEOUT_MS = 5_000;

type Parts = {
  readonly ask: typeof fetch;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly onChange?: () => void;
};

/** Asks the team's server again and again. While it does not answer, what it said last holds; the server refuses all the same. */
export function watchSwitches({ url, key }: TeamServer, { ask, timers, logger, onChange }: Parts): Switches {
  const address = new URL('/api/v1/switches', url.replace(/^ws/, 'http'));
  let known: z.infer<typeof Answer> = { paused: null, platforms: {} };
  let version = 0;
  let isStopped = false;
  let callOff = (): void => undefined;
  const look = async (): Promise<void> => {
    const response = await ask(address, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const read = response.ok ? Answer.safeParse(await response.json()) : undefined;
    if (read?.success !== true || JSON.stringify(read.data) === JSON.stringify(known)) return;
    known = read.data;
    version += 1;
    const { paused, platforms } = known;
    logger.warn('what is switched off has changed', { paused, platforms: Object.keys(platforms) });
    onChange?.();
  };
  const again = (): void => {
    if (isStopped) return;
    look()
      // It is asked again; the line to the server tells that it is away.
      .catch((_: unknown) => undefined)
      .finally(() => {
        if (!isStopped) callOff = timers.after(EVERY_MS, again);
      });
  };
  again();
  return {
    paused: () => (known.paused === null ? undefined : wordsOf(known.paused)),
    isOff: (platform) => known.paused !== null || Object.hasOwn(known.platforms, platform.toLowerCase()),
    version: () => version,
    stop: () => {
      isStopped = true;
      callOff();
    },
  };
}

function wordsOf({ reason, words }: z.infer<typeof Pause>): string {
  const said =
    reason === 'maintenance'
      ? 'The server is being looked after. This bot rests meanwhile.'
      : 'An admin has switched this bot off.';
  return words === '' ? said : `${said} (${words})`;
}
