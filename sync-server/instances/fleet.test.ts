import { expect, it } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import { sessionHandle } from '../accounts/handle.ts';
import { systemTimers } from '../documents/timers.ts';
import { createFleet, type Fleet } from './fleet.ts';
import { createInMemoryInstanceBoards } from './in-memory-instance-board.ts';

const silent = (): void => undefined;
const sample = (connections: number, edits: number) => ({
  ...{ atMs: 10_000, connections, documents: 1, memoryBytes: 1, edits },
  ...{ refusedEdits: 0, requests: 0, failedRequests: 0 },
});

it('[IN2] [IN3] several instances are seen as one from each, which lets go whoever is at another', async () => {
  const boards = createInMemoryInstanceBoards({ nowMs: () => 0 });
  const letGo: string[] = [];
  const open = (name: string, connections: number): Fleet =>
    createFleet({
      board: boards(),
      report: () => ({
        ...{ startedAtMs: 1, health: {}, samples: [sample(connections, 10)] },
        clients: [
          {
            ...{
              id: `at ${name}`,
              actor: ActorId.parse('user:ana'),
              handle: sessionHandle('0123456789ab'),
              name,
              role: 'viewer',
              document: 'catalogue',
            },
            ...{ isWall: false, address: '', agent: '', sinceMs: 0 },
          },
        ],
      }),
      ...{ database: 'postgres', revoke: silent },
      disconnect: (id) => letGo.push(`${name}: ${id}`) > 0,
      timers: systemTimers,
      logger: { info: silent, warn: silent, error: silent },
    });
  const [one, two] = [open('one', 3), open('two', 4)];
  const stops = [one.start(), two.start()];
  expect(await two.look()).toMatchObject({ activity: [{ connections: 7, edits: 20 }], mayLack: false });
  const { clients } = await one.clients();
  expect(clients.map(({ id, instance }) => [id, instance])).toEqual([
    ['at one', one.id],
    ['at two', two.id],
  ]);
  for (const client of clients) expect(await one.disconnect(client)).toBe(true);
  expect(letGo).toEqual(['one: at one', 'two: at two']);
  await stops[1]?.();
  expect((await one.look()).instances.map(({ id }) => id)).toEqual([one.id]);
  expect(await one.disconnect({ id: 'at two', instance: two.id })).toBe(false);
  await stops[0]?.();
});
