import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { ActorId } from '#shared/model/ids.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { SyncClient } from '#shared/replica/sync-client.ts';
import { connectToTeam, type TeamServer } from './connect-to-team.ts';
import { openOwnReplica } from './open-own-replica.ts';

/** A service's own copy of the team's catalogue. */
export type TeamReplica = Readonly<{
  replica: Replica;
  sync: SyncClient;
  /** Resolves when the catalogue was in step for the first time. */
  inStep: Promise<void>;
  /** Resolves with why the server will never let it in. */
  turnedAway: Promise<string>;
  stop: () => Promise<void>;
}>;

type Options = Readonly<{ name: string; folder: string; server: TeamServer; clock: Clock; logger: Logger }>;

/** Opens the copy in its folder and begins to keep it in step. @returns or why its files cannot be opened */
export async function openTeamReplica({ server, ...own }: Options): Promise<Result<TeamReplica, string>> {
  const opened = await openOwnReplica(own);
  if (!opened.ok) return opened;
  const { replica, close } = opened.value;
  const sync = connectToTeam(server, replica);
  sync.follow('catalogue');
  const line = watchLine(replica, sync);
  sync.connect();
  return ok({
    ...{ replica, sync, ...line },
    async stop() {
      sync.close();
      await close();
    },
  });
}

function watchLine(replica: Replica, sync: SyncClient): Pick<TeamReplica, 'inStep' | 'turnedAway'> {
  let turnAway = (_words: string) => undefined as void;
  let arrive = () => undefined as void;
  const turnedAway = new Promise<string>((resolve) => (turnAway = resolve));
  const inStep = new Promise<void>((resolve) => (arrive = resolve));
  let actor = '';
  sync.onState(({ line, account }) => {
    if (account !== undefined && account.actor !== actor) {
      actor = account.actor;
      replica.actAs(ActorId.parse(actor), account.role);
    }
    if (line.type === 'turned-away') turnAway(`The server does not let this worker in: ${line.words}`);
    if (line.type === 'asking') turnAway('The server holds another team’s streams than this worker’s copy.');
    if (line.type === 'in-step') arrive();
  });
  return { inStep, turnedAway };
}
