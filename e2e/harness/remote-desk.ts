import type { Command } from '#shared/document/command.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { ActorId, StreamId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { createInMemoryReplicaStore, createMemoryDisk } from '#shared/replica/in-memory-replica-store.ts';
import { openReplica, type Replica } from '#shared/replica/replica.ts';
import { createSyncClient } from '#shared/replica/sync-client.ts';
import { openNodeSocket, systemTimers } from '#shared/replica/sync-websocket.ts';

/** Somebody else of the team, without a screen: an operator whose edits come from elsewhere. */
export type RemoteDesk = {
  readonly replica: Replica;
  /** Adds so many streams. */
  readonly fill: (count: number) => Promise<void>;
  readonly relabel: (id: string, label: string) => Promise<void>;
  readonly settled: () => Promise<void>;
  readonly close: () => void;
};

const CITIES = ['Reno', 'Albuquerque', 'São Paulo', 'Lyon', 'Kraków', 'Osaka', 'Leeds', 'Quito'];
const TOGETHER = 250;

export async function joinAsRemote(server: string, token: string): Promise<RemoteDesk> {
  const store = createInMemoryReplicaStore(createMemoryDisk());
  const opened = await openReplica({
    store,
    actor: ActorId.parse('desk'),
    role: 'operator',
    clock: systemClock,
  });
  if (!opened.ok) throw new Error(opened.error.words);
  const replica = opened.value;
  const credentials = async () => Promise.resolve({ token });
  const options = { replica, server, credentials, openSocket: openNodeSocket, timers: systemTimers };
  const sync = createSyncClient(options);
  sync.follow('catalogue');
  sync.connect();
  const settled = async (): Promise<void> =>
    new Promise((done) => {
      const look = (): void => {
        const { line, unsaved } = sync.state();
        if (line.type !== 'in-step' || unsaved > 0) return;
        stop();
        done();
      };
      const stop = sync.onState(look);
      look();
    });
  await settled();
  const send = async (command: Command): Promise<void> => {
    const answer = await replica.send(command);
    if (!answer.ok && answer.error.reason !== 'unchanged') throw new Error(answer.error.message);
  };
  return {
    replica,
    fill: async (count) => {
      for (let from = 0; from < count; from += TOGETHER) {
        const some = Array.from({ length: Math.min(TOGETHER, count - from) }, (_, index) => from + index);
        await Promise.all(some.map(async (number) => send(streamNumber(number))));
      }
      await settled();
    },
    relabel: async (id, label) =>
      send({
        document: 'catalogue',
        command: { type: 'edit-stream', id: StreamId.parse(id), changes: { label } },
      }),
    settled,
    close: () => sync.close(),
  };
}

function streamNumber(number: number): Command {
  const fields = {
    label: `Camera ${String(number)} at the corner of ${String(number % 97)}th street`,
    city: CITIES[number % CITIES.length] ?? '',
    source: `Team ${String(number % 40)}`,
    status: number % 3 === 0 ? ('live' as const) : ('unknown' as const),
  };
  const link = Link.parse(`https://media.example.org/live/camera-${String(number)}.m3u8`);
  return { document: 'catalogue', command: { type: 'add-stream', link, fields } };
}
