import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import { sessionHandle } from '../accounts/handle.ts';
import type { ConnectedClient } from '../gateway/connected-client.ts';
import { INSTANCE_TTL_MS, PAST_TTL_MS, type InstanceBoard, type InstanceReport } from './instance-board.ts';

const client = (id: string): ConnectedClient => ({
  ...{ id, actor: ActorId.parse('user:ana'), handle: sessionHandle('0123456789ab') },
  ...{ name: 'Ana Ä', role: 'operator', document: 'wall:main' },
  ...{ isWall: true, address: '127.0.0.1', agent: 'a desk', sinceMs: id.charCodeAt(0) },
});
const sample = (atMs: number) => ({
  ...{ atMs, connections: 1, documents: 2, memoryBytes: 3, edits: 4 },
  ...{ refusedEdits: 5, requests: 6, failedRequests: 7 },
});
const report = (...clients: ConnectedClient[]): InstanceReport => ({
  startedAtMs: 1,
  health: { postgres: { state: 'ok' }, redis: { state: 'degraded', note: 'slow' } },
  clients,
  samples: [sample(10), sample(20)],
});

type Opened = { open: () => Promise<InstanceBoard>; close: () => Promise<void> };

/** What every board of instances promises, whatever keeps it. @param start boards on which time passes as `clock` says */
export function describeInstanceBoard(
  name: string,
  start: (clock: { nowMs: () => number }) => Promise<Opened>,
): void {
  describe(`instance board: ${name}`, () => {
    let nowMs = 1_790_000_000_000;
    let opened: Opened;
    beforeEach(async () => {
      opened = await start({ nowMs: () => nowMs });
    });
    afterEach(() => opened.close());

    it('[IN1] shows each instance the others as they are now', async () => {
      const [one, two] = [await opened.open(), await opened.open()];
      expect(await one.others()).toEqual({ instances: [], pasts: [] });
      one.put(report(client('a'), client('b')));
      const { samples, ...shown } = report(client('a'), client('b'));
      await vi.waitFor(async () =>
        expect(await two.others()).toEqual({ instances: [{ id: one.id, ...shown }], pasts: [samples] }),
      );
      expect((await one.others())?.instances).toEqual([]);
      const next = { ...client('c'), name: undefined };
      one.put({ ...report(client('b'), next), samples: [sample(20), sample(30)] });
      await vi.waitFor(async () => {
        const seen = await two.others();
        expect(seen?.instances[0]?.clients).toEqual([client('b'), next]);
        expect(seen?.pasts).toEqual([[sample(20), sample(30)]]);
      });
    });

    it('[IN1] forgets who says nothing any more, and keeps their last hour', async () => {
      const [one, two, three] = [await opened.open(), await opened.open(), await opened.open()];
      one.put(report(client('a')));
      two.put(report(client('b')));
      await vi.waitFor(async () => expect((await three.others())?.instances.length).toBe(2));
      await two.leave();
      expect((await three.others())?.instances.map(({ id }) => id)).toEqual([one.id]);
      nowMs += INSTANCE_TTL_MS + 1;
      expect(await three.others()).toMatchObject({ instances: [], pasts: { length: 2 } });
      nowMs += PAST_TTL_MS;
      expect(await three.others()).toEqual({ instances: [], pasts: [] });
    });

    it('[IN5] says whether a part of another does not work', async () => {
      const [one, two] = [await opened.open(), await opened.open()];
      const down = (part: string): InstanceReport => ({ ...report(), health: { [part]: { state: 'down' } } });
      one.put(down('postgres'));
      await vi.waitFor(async () => expect(await two.isAnyDown('postgres')).toBe(true));
      expect([await two.isAnyDown('redis'), await one.isAnyDown('postgres')]).toEqual([false, false]);
      one.put(report());
      await vi.waitFor(async () => expect(await two.isAnyDown('postgres')).toBe(false));
      one.put(down('postgres'));
      await one.leave();
      await vi.waitFor(async () => expect(await two.isAnyDown('postgres')).toBe(false));
    });

    it('[IN2] brings the wish to let a connection go to the instance that holds it, and to no other', async () => {
      const boards = [await opened.open(), await opened.open(), await opened.open()];
      const asked: string[] = [];
      boards.forEach((board, i) => {
        board.put(report());
        board.onDisconnect((id) => asked.push(`${String(i)} ${id}`));
      });
      const [one, two] = boards;
      await vi.waitFor(async () => expect(await one?.disconnect(String(two?.id), 'a')).toBe(true));
      await vi.waitFor(() => expect(new Set(asked)).toEqual(new Set(['1 a'])));
      expect(await one?.disconnect('nobody', 'a')).toBe(false);
    });
  });
}
