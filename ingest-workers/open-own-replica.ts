import { join } from 'node:path';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { ActorId } from '#shared/model/ids.ts';
import { openReplicaDatabase } from '#shared/replica/open-replica-database.ts';
import { openReplica, type Replica } from '#shared/replica/replica.ts';

/** A worker's own copy of the catalogue, in its folder. */
export type OwnReplica = Readonly<{
  replica: Replica;
  /** Whose edits these are as long as no server has said otherwise. */
  actor: ActorId;
  close: () => Promise<void>;
}>;

type Options = Readonly<{ name: string; folder: string; clock: Clock; logger: Logger }>;

/** @param options `folder`: what all workers of this machine share. @returns or why its files cannot be opened */
export async function openOwnReplica(options: Options): Promise<Result<OwnReplica, string>> {
  const { name, folder, clock, logger } = options;
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
  const actor = ActorId.parse(`service:${name}`);
  const made = await openReplica({ store, archive, actor, role: 'service', clock });
  if (!made.ok) {
    await close();
    return fail(made.error.words);
  }
  const replica = made.value;
  return ok({
    ...{ replica, actor },
    async close() {
      await replica.close();
      await close();
    },
  });
}
