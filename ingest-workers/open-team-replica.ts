import { join } from 'node:path';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { ActorId } from '#shared/model/ids.ts';
import { openReplicaDatabase } from '#shared/replica/open-replica-database.ts';
import { openReplica, type Replica } from '#shared/replica/replica.ts';
import type { SyncClient } from '#shared/replica/sync-client.ts';
import { connectToTeam, type TeamServer } from './connect-to-team.ts';

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
export async function openTeamReplica({
  name,
  folder,
  server,
  clock,
  logger,
}: Options): Promise<Result<TeamReplica, string>> {
  const opened = await openReplicaDatabase({
    ...{ file: join(folder, name, 'replica.db'), clock, program: `the ${name} worker` },
    workerUrl: new URL('../shared/replica/compact-worker.ts', import.meta.url),
  });
  if (!opened.ok) return fail(opened.error.words);
  for (const { id, words } of opened.value.notices()) {
    logger.error(words);
    opened.value.dismissNotice(id);
  }
  const { store, archive, close } = opened.value;
  const made = await openReplica({
    store,
    archive,
    actor: ActorId.parse(`service:${name}`),
    role: 'service',
    clock,
  });
  if (!made.ok) {
    await close();
    return fail(made.error.words);
  }
  const replica = made.value;
  const sync = connectToTeam(server, replica);
  sync.follow('catalogue');
  const line = watchLine(replica, sync);
  sync.connect();
  return ok({
    ...{ replica, sync, ...line },
    async stop() {
      sync.close();
      await replica.close();
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
