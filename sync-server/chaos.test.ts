import { setInterval } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { systemClock } from '#shared/kernel/clock.ts';
import { openCatalogue } from '#shared/document/project-catalogue.ts';
import { createMemoryDisk } from '#shared/replica/in-memory-replica-store.ts';
import type { Replica } from '#shared/replica/replica.ts';
import { createSyncClient, type SyncClient } from '#shared/replica/sync-client.ts';
import { openNodeSocket } from '#shared/replica/sync-websocket.ts';
import { addStream, must, openTestReplica, streamOf, titleStream } from '#shared/replica/test-replica.ts';
import { loadRoomDocument } from './documents/room-document.ts';
import { readDocumentName, type ServedDocument } from './documents/document-name.ts';
import { systemTimers } from './documents/timers.ts';
import { createDocumentHistory } from './history/read-history.ts';
import { startTestRedis, type TestRedis } from './redis/start-test-redis.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';
import { freePort } from '#shared/replica/test-free-port.ts';
import { startServerProcess, type ServerProcess } from './test-process.ts';

const isLong = process.env['STREAMWALL_LONG'] === '1';
/** How often somebody types: the servers are to be disturbed in the middle of work, not flooded. */
const PACE_MS = 15;
const DEATHS = isLong ? 10 : 2;
const CATALOGUE = readDocumentName('catalogue') as ServedDocument;

let redis: TestRedis;
let database: TestDatabase;
beforeAll(async () => {
  [database, redis] = await Promise.all([startTestDatabase(), startTestRedis()]);
});
afterAll(async () => {
  await redis.stop();
  await database.remove();
});

let ends: (() => unknown)[] = [];
let one: Instance;
let two: Instance;
let ana: Desk;
let ben: Desk;
let browser: Browser;
/** Two instances on one database, a desk and its key at each, and a plain y-websocket client at the second. */
beforeEach(async () => {
  await database.sql.query(
    'TRUNCATE updates, snapshots, checkpoints, client_owners, batches, documents, archive CASCADE',
  );
  [one, two] = await Promise.all([startInstance(), startInstance()]);
  [ana, ben, browser] = await Promise.all([openDesk('ana', one), openDesk('ben', two), openBrowser(two)]);
  await until(() => expect([ana, ben].map(isAllSaved)).toEqual([true, true]));
  await until(() => expect(browser.provider.synced).toBe(true));
  for (const desk of [ana, ben]) must(await desk.replica.send(addStream(desk.name)));
  must(await ana.replica.send(addStream('both')));
  await until(() => expect([ana, ben].map(({ view }) => titles(view()).size)).toEqual([3, 3]));
});
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
  ends = [];
});

type Instance = { process: ServerProcess; readonly restart: () => Promise<void> };

async function startInstance(): Promise<Instance> {
  const settings = {
    PORT: String(await freePort()),
    DATABASE_URL: database.postgres.url,
    REDIS_URL: redis.url,
    DATABASE_TIMEOUT_MS: '500',
  };
  const instance: Instance = {
    process: await startServerProcess(settings),
    restart: async () => {
      instance.process = await startServerProcess(settings);
    },
  };
  ends.push(async () => instance.process.end('SIGKILL'));
  return instance;
}

/** A real replica that a person edits without pause, and what its own word is on what is saved. */
type Desk = {
  readonly name: string;
  readonly actor: string;
  readonly replica: Replica;
  readonly sync: SyncClient;
  readonly view: () => ReturnType<Replica['catalogue']>;
  /** The last count that it wrote, and the last that it said was saved. */
  written: number;
  saidSaved: number;
  /** Begins to count in its stream's title, and to add a stream now and then. @returns how to stop */
  readonly edit: () => () => Promise<void>;
};

async function openDesk(name: string, instance: Instance): Promise<Desk> {
  const { key } = await database.key('operator');
  const replica = await openTestReplica(createMemoryDisk(), { clock: systemClock });
  const server = instance.process.url;
  const sync = createSyncClient({
    ...{ replica, server, openSocket: openNodeSocket, timers: systemTimers },
    credentials: async () => Promise.resolve({ token: key }),
  });
  sync.follow('catalogue');
  sync.connect();
  ends.push(async () => {
    sync.close();
    await replica.close();
  });
  await until(() => expect(sync.state().account).toBeDefined());
  const desk: Desk = {
    ...{ name, replica, sync, written: 0, saidSaved: 0 },
    actor: String(sync.state().account?.actor),
    view: () => replica.catalogue(),
    edit: () => {
      let isOver = false;
      const editing = (async (): Promise<void> => {
        for await (const _ of setInterval(PACE_MS)) {
          if (isOver) return;
          must(await replica.send(titleStream(name, String(desk.written + 1))));
          desk.written += 1;
          // On top of what the other wrote, however that came here.
          if (desk.written % 3 === 0)
            must(await replica.send(titleStream('both', `${name} ${String(desk.written)}`)));
          if (desk.written % 20 === 0) must(await replica.send(addStream(`${name}_${String(desk.written)}`)));
        }
      })();
      return async () => {
        isOver = true;
        await editing;
      };
    },
  };
  sync.onState(({ unsaved }) => {
    if (unsaved === 0) desk.saidSaved = desk.written;
  });
  return desk;
}

type Browser = {
  readonly provider: WebsocketProvider;
  readonly view: () => ReturnType<Replica['catalogue']>;
};

async function openBrowser(instance: Instance): Promise<Browser> {
  const { key } = await database.key('operator');
  const provider = new WebsocketProvider(
    `${instance.process.url.replace('http', 'ws')}/sync`,
    'catalogue',
    new Y.Doc(),
    { params: { token: key }, disableBc: true },
  );
  const projection = openCatalogue(provider.doc);
  ends.push(() => {
    provider.destroy();
    provider.doc.destroy();
  });
  return { provider, view: projection.view };
}

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 50 });
const isAllSaved = ({ sync }: Desk): boolean => {
  const { line, unsaved } = sync.state();
  return line.type === 'in-step' && unsaved === 0;
};
const titles = (view: ReturnType<Replica['catalogue']>): ReadonlyMap<string, string> =>
  new Map([...view.streams.values()].map(({ link, title }) => [link, title ?? '']));
const countIn = (view: ReturnType<Replica['catalogue']>, { name }: Desk): number =>
  Number(view.streams.get(streamOf(name))?.title ?? 0);
const ready = async ({ process }: Instance): Promise<unknown> =>
  (await fetch(`${process.url}/readyz`)).json();

async function storedView(): Promise<ReturnType<Replica['catalogue']>> {
  return openCatalogue((await loadRoomDocument(CATALOGUE, database.log)).doc).view();
}

/** All clients and the store agree, everything that was written is there, and everybody's work is under their name. */
async function expectAllWell(): Promise<void> {
  await until(() => expect([ana, ben].map(isAllSaved)).toEqual([true, true]));
  await until(async () => {
    const all = titles(await storedView());
    for (const desk of [ana, ben])
      expect(all.get(`https://www.twitch.tv/${desk.name}`)).toBe(String(desk.written));
    for (const view of [ana.view(), ben.view(), browser.view()]) expect(titles(view)).toEqual(all);
    const added = [ana, ben].reduce((sum, { written }) => sum + Math.floor(written / 20), 0);
    expect(all.size).toBe(3 + added);
  });
  const history = createDocumentHistory(database.log);
  const last = await database.log.last('catalogue');
  for (let after = 0; after < last; after += 500) {
    const changes = await history.changes(CATALOGUE, after, after + 500);
    if (changes === 'forgotten') throw new Error('forgotten');
    for (const { actor, edits } of changes)
      for (const edit of edits) {
        if (edit.type !== 'set' || edit.key !== 'title') continue;
        const byValue = (name: string): boolean => JSON.stringify(edit.after).startsWith(`"${name} `);
        const writer = [ana, ben].find(({ name }) => edit.id === streamOf(name) || byValue(name));
        expect(actor).toBe(writer?.actor);
      }
  }
}

describe('two instances, two desks and a browser', { timeout: 180_000 }, () => {
  it('[S31] an instance that is killed under traffic takes nothing with it that was saved or seen', async () => {
    const stops = [ana.edit(), ben.edit()];
    for (let round = 0; round < DEATHS; round++) {
      const goal = ana.written + 25;
      await until(() => expect(Math.min(ana.saidSaved, countIn(browser.view(), ana))).toBeGreaterThan(goal));
      await one.process.end('SIGKILL');
      const [saved, seen] = [ana.saidSaved, Math.max(countIn(browser.view(), ana), countIn(ben.view(), ana))];
      const stored = countIn(await storedView(), ana);
      expect(stored).toBeGreaterThanOrEqual(saved);
      expect(stored).toBeGreaterThanOrEqual(seen);
      await one.restart();
    }
    for (const stop of stops) await stop();
    await expectAllWell();
  });

  it.runIf(isLong)(
    '[S16] who was at an instance that is killed is gone at the others in time',
    async () => {
      const there = await openBrowser(one);
      there.provider.awareness.setLocalState({ name: 'Dora' });
      const people = (): unknown[] => [...browser.provider.awareness.getStates().values()];
      await until(() => expect(people()).toContainEqual({ name: 'Dora' }));
      await one.process.end('SIGKILL');
      there.provider.destroy();
      await vi.waitFor(() => expect(people()).not.toContainEqual({ name: 'Dora' }), { timeout: 90_000 });
    },
    120_000,
  );

  it('[S25] Redis that goes away and comes back costs no edit', async () => {
    const stops = [ana.edit(), ben.edit()];
    await until(() => expect(countIn(ben.view(), ana)).toBeGreaterThan(20));
    await redis.stop();
    await until(async () => expect(await ready(one)).toMatchObject({ state: 'degraded' }));
    const areOthersStale = (): boolean[] => [ana, ben].map(({ sync }) => sync.state().othersAreStale);
    await until(() => expect(areOthersStale()).toEqual([true, true]));
    for (let round = 0; round < 3; round++) {
      const [byAna, byBen] = [ana.written, ben.written];
      await until(() => {
        expect(countIn(ben.view(), ana)).toBeGreaterThan(byAna);
        expect(countIn(ana.view(), ben)).toBeGreaterThan(byBen);
      });
    }
    await redis.start();
    await until(async () => expect(await ready(one)).toMatchObject({ state: 'ok' }));
    await until(() => expect(areOthersStale()).toEqual([false, false]));
    const goal = ana.written;
    await until(() => expect(countIn(ben.view(), ana)).toBeGreaterThan(goal));
    for (const stop of stops) await stop();
    await expectAllWell();
  });

  it('[S10] [S32] Postgres that goes away and comes back costs no edit, and nothing is called saved meanwhile', async () => {
    const stops = [ana.edit(), ben.edit()];
    await until(() => expect(countIn(ben.view(), ana)).toBeGreaterThan(20));
    await database.postgres.stop();
    const [saved, seen] = [ana.saidSaved, countIn(ben.view(), ana)];
    await until(() => expect(countIn(ben.view(), ana)).toBeGreaterThan(seen + 30));
    await until(async () => expect(await ready(one)).toMatchObject({ state: 'down' }));
    // What was saved while Postgres ended may have been told since; what was written later cannot have been.
    expect(ana.saidSaved).toBeLessThan(Math.max(saved, seen) + 30);
    await database.postgres.start();
    const stored = countIn(await storedView(), ana);
    await until(() => expect(ana.saidSaved).toBeGreaterThan(stored + 30));
    for (const stop of stops) await stop();
    await expectAllWell();
  });
});
