import type { Logger } from '#shared/kernel/logger.ts';
import type { FanOut } from './documents/fan-out.ts';
import type { OpenRooms } from './documents/open-rooms.ts';
import type { Timers } from './documents/timers.ts';
import { LogUnavailable } from './documents/update-log.ts';
import type { Meter } from './accounts/actor-meters.ts';
import type { Accounts } from './accounts/create-accounts.ts';
import type { Switchboard } from './flags/switchboard.ts';
import type { Fleet } from './instances/fleet.ts';
import { SAMPLE_MS, type RecentActivity } from './metrics/recent-activity.ts';
import type { SyncGateway } from './gateway/sync-gateway.ts';

const ROUND_MS = 1_000;
const PING_ROUNDS = 5;
const SAMPLE_ROUNDS = SAMPLE_MS / ROUND_MS;
/**
 * Even a fan-out that works may lose the last message of all, after which nothing shows the gap; and the command line
 * stores without telling anybody.
 */
const ASK_ROUNDS = 10;
const NOTE_ROUNDS = 60;
const TIDY_ROUNDS = 3_600;

type Parts = {
  readonly rooms: OpenRooms;
  readonly gateway: SyncGateway;
  readonly accounts: Pick<Accounts, 'signIn' | 'sessions' | 'renewKey'>;
  readonly meters: readonly Meter[];
  readonly flags: Pick<Switchboard, 'refresh'>;
  readonly activity: Pick<RecentActivity, 'sample'>;
  readonly fanOut: FanOut;
  readonly fleet: Pick<Fleet, 'letGoElsewhere'>;
  readonly timers: Timers;
  readonly logger: Logger;
};

/**
 * What a server does again and again: pings, presence, snapshots; and, apart from these, because a database may take its
 * time to answer, what the log holds that nobody told, and rights.
 * @returns how to stop it
 */
export function startRounds(parts: Parts): () => void {
  const { rooms, gateway, accounts, activity, fanOut } = parts;
  const stopOwn = repeat(parts, async (round) => {
    if (round % PING_ROUNDS === 0) gateway.tick();
    if (round % SAMPLE_ROUNDS === 0) activity.sample();
    await rooms.tick();
  });
  let heard = fanOut.state();
  const stopAsking = repeat(parts, async (round) => {
    const before = heard;
    heard = fanOut.state();
    const mayLack = heard === 'disconnected' || before === 'disconnected';
    if (mayLack || round % ASK_ROUNDS === 0) await rooms.askLog();
  });
  // Alone, so that nothing that takes its time keeps who was revoked connected.
  const stopChecking = repeat(parts, async (round) => {
    await gateway.checkRights();
    if (round % NOTE_ROUNDS === 0) await accounts.signIn.noteUses();
    if (round % TIDY_ROUNDS === 0) await accounts.sessions.tidy();
  });
  const stopCaring = repeat(parts, async () => parts.fleet.letGoElsewhere(accounts.signIn.rights));
  const stopCounting = repeat(parts, async () => {
    await Promise.all(parts.meters.map(async ({ share }) => share()));
  });
  const stopSwitching = repeat(parts, async () => {
    await Promise.all([parts.flags.refresh(), accounts.renewKey()]);
  });
  return () => {
    stopSwitching();
    stopCounting();
    stopCaring();
    stopChecking();
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
