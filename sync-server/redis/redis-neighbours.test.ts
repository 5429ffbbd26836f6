import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { systemClock } from '#shared/kernel/clock.ts';
import { makeKey } from '../accounts/service-key.ts';
import { describeQuotas } from '../accounts/quotas.contract.ts';
import { describeAnswerStore } from '../answers/answer-store.contract.ts';
import { createSyncServer, type SyncServer } from '../create-sync-server.ts';
import { describeFanOut } from '../documents/fan-out.contract.ts';
import { describePresenceBoard } from '../documents/presence-board.contract.ts';
import { systemTimers } from '../documents/timers.ts';
import { describeInstanceBoard } from '../instances/instance-board.contract.ts';
import { openNeighbours } from '../open-neighbours.ts';
import { openRedisAnswerStore } from './redis-answer-store.ts';
import { openRedisFanOut } from './redis-fan-out.ts';
import { openRedisInstanceBoard } from './redis-instance-board.ts';
import { openRedisPresenceBoard } from './redis-presence-board.ts';
import { openRedisQuotas } from './redis-quotas.ts';
import { createTestStore } from '../test-store.ts';
import { startTestRedis, type TestRedis } from './start-test-redis.ts';

const silent = (): void => undefined;
let redis: TestRedis;
let prefixes = 0;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.stop());

describeFanOut('over Redis', async () => {
  const prefix = `test${String(++prefixes)}:`;
  const opened: { close: () => void }[] = [];
  return Promise.resolve({
    open: async () => {
      const fan = await openRedisFanOut(redis.url, prefix, silent);
      opened.push(fan);
      return fan.fanOut;
    },
    close: async () => {
      for (const { close } of opened) close();
      return Promise.resolve();
    },
  });
});

describePresenceBoard('in Redis', async (clock) => {
  const { board, close } = await openRedisPresenceBoard(
    redis.url,
    `test${String(++prefixes)}:`,
    clock,
    silent,
  );
  return { board, close: async () => Promise.resolve(close()) };
});

describeInstanceBoard('in Redis', async (clock) => {
  const prefix = `test${String(++prefixes)}:`;
  const opened: { close: () => void }[] = [];
  return Promise.resolve({
    open: async () => {
      const one = await openRedisInstanceBoard(redis.url, prefix, clock, silent);
      opened.push(one);
      return one.board;
    },
    close: async () => {
      for (const { close } of opened) close();
      return Promise.resolve();
    },
  });
});

describeAnswerStore('in Redis', async () => {
  const prefix = `test${String(++prefixes)}:`;
  const { store, close } = await openRedisAnswerStore(redis.url, prefix, systemClock, silent);
  return { store, close: async () => Promise.resolve(close()) };
});

describeQuotas('in Redis', async () => {
  const prefix = `test${String(++prefixes)}:`;
  const { quotas, close } = await openRedisQuotas(redis.url, prefix, systemClock, silent);
  return { quotas, close: async () => Promise.resolve(close()) };
});

describe('counts of several instances', () => {
  it('[AC18] are one while Redis is there, and each its own while it is away', async () => {
    const prefix = `test${String(++prefixes)}:`;
    const open = async () => openRedisQuotas(redis.url, prefix, systemClock, silent);
    const [one, two] = [await open(), await open()];
    const quota = { limit: 3, windowMs: 600_000 };
    for (const { quotas } of [one, two, one]) expect((await quotas.take('a', quota)).isWithin).toBe(true);
    expect((await two.quotas.take('a', quota)).isWithin).toBe(false);
    one.close();
    two.close();
    expect((await one.quotas.take('a', quota)).isWithin).toBe(true);
    expect((await one.quotas.take('a', quota)).isWithin).toBe(false);
  });

  it('[AC18] are waited for once while Redis hangs, and are one again when it goes on', async () => {
    const prefix = `test${String(++prefixes)}:`;
    let nowMs = 1_000_000;
    const clock = { nowMs: () => nowMs };
    const troubles: unknown[] = [];
    const open = async () => openRedisQuotas(redis.url, prefix, clock, (error) => troubles.push(error));
    const [one, two] = [await open(), await open()];
    const quota = { limit: 3, windowMs: 600_000 };
    const takes = async (by: typeof one) => (await by.quotas.take('a', quota)).isWithin;
    redis.hang();
    try {
      expect([await takes(one), await takes(one), await takes(one), await takes(one)]).toEqual([
        ...[true, true, true, false],
      ]);
      await one.quotas.giveBack('a');
      await one.quotas.forget('a');
      expect(troubles).toHaveLength(1);
    } finally {
      redis.goOn();
    }
    const once = { limit: 1, windowMs: 600_000 };
    await vi.waitFor(
      async () => {
        nowMs += 5_000;
        await one.quotas.forget('b');
        expect((await two.quotas.take('b', once)).isWithin).toBe(true);
        expect((await one.quotas.take('b', once)).isWithin).toBe(false);
      },
      { timeout: 15_000 },
    );
    one.close();
    two.close();
  });
});

describe('two instances over one Redis', () => {
  let ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
    ends = [];
  });

  const store = createTestStore();
  const logger = { info: silent, warn: silent, error: silent };

  async function startInstance(): Promise<SyncServer> {
    const neighbours = await openNeighbours(redis.url, await store.log.storeId(), {
      clock: systemClock,
      logger,
    });
    const config = { host: '127.0.0.1', port: 0, historyDays: 90 };
    const { fanOut, board, quotas } = neighbours;
    const parts = { config, store, fanOut, board, quotas, clock: systemClock, timers: systemTimers, logger };
    const server = await createSyncServer(parts);
    ends.push(neighbours.close, server.stop);
    return server;
  }

  function connect(server: SyncServer, token: string): WebsocketProvider {
    const url = `${server.url.replace('http', 'ws')}/sync`;
    const provider = new WebsocketProvider(url, 'wall:main', new Y.Doc(), {
      params: { token },
      disableBc: true,
    });
    ends.push(() => {
      provider.destroy();
      provider.doc.destroy();
    });
    return provider;
  }

  const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 15_000 });
  const settings = ({ doc }: WebsocketProvider): unknown => doc.getMap('settings').toJSON();
  const people = ({ awareness }: WebsocketProvider): unknown[] => [...awareness.getStates().values()];

  it('[S25] agree on edits and people, also without Redis, and after it came back', async () => {
    const [one, two] = [await startInstance(), await startInstance()];
    const { stored, key } = makeKey({ role: 'operator', grants: [], label: '' }, 0);
    await store.accounts.keys.add(stored);
    const [ana, ben] = [connect(one, key), connect(two, key)];
    await until(() => expect([ana.synced, ben.synced]).toEqual([true, true]));
    ana.awareness.setLocalState({ name: 'Ana' });
    ana.doc.getMap('settings').set('a', 1);
    ben.doc.getMap('settings').set('b', 2);
    await until(() => expect([settings(ana), settings(ben)]).toEqual(Array(2).fill({ a: 1, b: 2 })));
    await until(() => expect(people(ben)).toContainEqual({ name: 'Ana' }));

    await redis.stop();
    ana.doc.getMap('settings').set('without', 3);
    await until(() => expect(settings(ben)).toEqual({ a: 1, b: 2, without: 3 }));
    expect(await (await fetch(`${one.url}/readyz`)).json()).toMatchObject({ state: 'degraded' });

    await redis.start();
    await until(async () =>
      expect(await (await fetch(`${one.url}/readyz`)).json()).toMatchObject({ state: 'ok' }),
    );
    ben.doc.getMap('settings').set('again', 4);
    await until(() => expect(settings(ana)).toEqual({ a: 1, b: 2, without: 3, again: 4 }));
    const three = await startInstance();
    ana.awareness.setLocalState({ name: 'Ana', back: true });
    const cara = connect(three, key);
    await until(() => expect(settings(cara)).toEqual(settings(ana)));
    await until(() => expect(people(cara)).toContainEqual({ name: 'Ana', back: true }));
    ana.disconnect();
    await until(() =>
      expect([people(ben), people(cara)].flat()).not.toContainEqual({ name: 'Ana', back: true }),
    );
  });

  it('[S25] [S16] go on while Redis hangs without a word, and see who left meanwhile when it goes on', async () => {
    const [one, two] = [await startInstance(), await startInstance()];
    const { stored, key } = makeKey({ role: 'operator', grants: [], label: '' }, 0);
    await store.accounts.keys.add(stored);
    const [ana, ben] = [connect(one, key), connect(two, key)];
    await until(() => expect([ana.synced, ben.synced]).toEqual([true, true]));
    ana.awareness.setLocalState({ name: 'Ana' });
    await until(() => expect(people(ben)).toContainEqual({ name: 'Ana' }));
    redis.hang();
    ends.push(() => redis.goOn());
    await until(async () =>
      expect(await (await fetch(`${two.url}/readyz`)).json()).toMatchObject({ state: 'degraded' }),
    );
    ana.doc.getMap('settings').set('hung', 5);
    await until(() => expect(settings(ben)).toMatchObject({ hung: 5 }));
    redis.goOn();
    await until(async () =>
      expect(await (await fetch(`${two.url}/readyz`)).json()).toMatchObject({ state: 'ok' }),
    );
    ana.disconnect();
    await until(() => expect(people(ben)).not.toContainEqual({ name: 'Ana' }));
  });

  it('[AC16] let go whose key is revoked, also while Redis is away', async () => {
    const servers = [await startInstance(), await startInstance()];
    const { stored, key } = makeKey({ role: 'operator', grants: [], label: '' }, 0);
    await store.accounts.keys.add(stored);
    const clients = servers.map((server) => connect(server, key));
    const closes: string[] = [];
    for (const client of clients)
      client.on('connection-close', (event) => closes.push(`${String(event?.code)} ${event?.reason ?? ''}`));
    await until(() => expect(clients.every(({ synced }) => synced)).toBe(true));
    await redis.stop();
    await store.accounts.keys.revoke(stored.id, 1);
    await until(() => expect(closes).toEqual(['4401 not-signed-in', '4401 not-signed-in']));
    await redis.start();
  });
});
