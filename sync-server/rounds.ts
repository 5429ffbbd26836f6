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

type Parts = {
  readonly rooms: OpenRooms;
  readonly gateway: SyncGateway;
  readonly fanOut: FanOut;
  readonly timers: Timers;
  readonly logger: Logger;
};

/**
 * What a server does again and again: pings, presence, snapshots; and, apart from these, because a database may take its
 * time to answer, rights and what the log holds that nobody told.
 * @returns how to stop it
 */
export function startRounds(parts: Parts): () => void {
  const { rooms, gateway, fanOut } = parts;
  const stopOwn = repeat(parts, async (round) => {
    if (round % PING_ROUNDS === 0) gateway.tick();
    await rooms.tick();
  });
  let heard = fanOut.state();
  const stopAsking = repeat(parts, async (round) => {
    const before = heard;
    heard = fanOut.state();
    const mayLack = heard === 'disconnected' || before === 'disconnected';
    if (mayLack || (heard === 'connected' && round % ASK_ROUNDS === 0)) await rooms.askLog();
    await gateway.checkRights();
  });
  return () => {
    stopOwn();
    stopAsking();
  };
}

function repeat({ timers, logger }: Parts, perform: (round: number) => Promise<void>): () => void {
  let round = 0;
  let isStopped = false;
  let callOff = (): void => undefined;
  const again = (): void => {
    if (isStopped) return;
    callOff = timers.after(ROUND_MS, () => {
      round += 1;
      perform(round)
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
