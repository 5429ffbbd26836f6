import { systemClock } from '#shared/kernel/clock.ts';
import { ActorId, WallId } from '#shared/model/ids.ts';
import { createInMemoryReplicaStore, createMemoryDisk } from '#shared/replica/in-memory-replica-store.ts';
import { openReplica, type Replica } from '#shared/replica/replica.ts';
import { must } from './collect/test-collector.ts';
import { connectToTeam } from './connect-to-team.ts';

/** For tests and measurements: a desk of the team, with a copy in memory. */
export async function openTestDesk(url: string, key: string, wall = WallId.parse('main')) {
  const replica: Replica = must(
    await openReplica({
      ...{ store: createInMemoryReplicaStore(createMemoryDisk()), actor: ActorId.parse('user:desk') },
      ...{ role: 'operator', clock: systemClock },
    }),
  );
  must(await replica.openWall(wall));
  const sync = connectToTeam({ url, key }, replica);
  sync.follow('catalogue');
  sync.follow(`wall:${wall}`);
  sync.onState(({ line }) => {
    if (line.type === 'asking') void sync.answerStore('yes');
  });
  sync.connect();
  return {
    replica,
    sync,
    quit: async () => {
      sync.close();
      await replica.close();
    },
  };
}
