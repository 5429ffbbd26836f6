import type { Logger } from '#shared/kernel/logger.ts';
import type { FanOut } from './documents/fan-out.ts';
import type { OpenRooms } from './documents/open-rooms.ts';
import type { Timers } from './documents/timers.ts';
import { LogUnavailable } from './documents/update-log.ts';
import type { SyncGateway } from './gateway/sync-gateway.ts';

const ROUND_MS = 1_000;
const PING_ROUNDS = 5;
/** Even a fan-out that works may lose the last message of all, after which nothing shows the gap. */
const ASK_ROUNDS = 10;

/** What a server does again and again: pings, rights, snapshots, and asking the log what it was not told. */
export function startRounds(parts: {
  readonly rooms: OpenRooms;
  readonly gateway: SyncGateway;
  readonly fanOut: FanOut;
  readonly timers: Timers;
  readonly logger: Logger;
}): () => void {
  const { rooms, gateway, fanOut, timers, logger } = parts;
  let round = 0;
  let heard = fanOut.state();
  let isStopped = false;
  let callOff = (): void => undefined;
  const perform = async (): Promise<void> => {
    round += 1;
    if (round % PING_ROUNDS === 0) gateway.tick();
    await rooms.tick();
    await gateway.checkRights();
    const before = heard;
    heard = fanOut.state();
    const mayLack = heard === 'disconnected' || before === 'disconnected';
    if (mayLack || (heard === 'connected' && round % ASK_ROUNDS === 0)) await rooms.askLog();
  };
  const again = (): void => {
    if (isStopped) return;
    callOff = timers.after(ROUND_MS, () => {
      perform()
        .catch((error: unknown) => {
          if (!(error instanceof LogUnavailable)) logger.error('a round failed', { error });
        })
        .finally(again);
    });
  };
  again();
  return () => {
    isStopped = true;
    callOff();
  };
}
