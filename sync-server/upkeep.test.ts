import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createCatalogueDesk, idOf, type CatalogueDesk } from '#shared/document/test-catalogue.ts';
import { TEST_NOW } from '#shared/document/test-desk.ts';
import { createTestWall } from '#shared/document/test-wall.ts';
import { TileId } from '#shared/model/ids.ts';
import { createInMemoryServerArchive } from './archive/in-memory-server-archive.ts';
import { createInMemoryLeases } from './documents/in-memory-leases.ts';
import { createInMemoryUpdateLog } from './documents/in-memory-update-log.ts';
import type { UpdateLog } from './documents/update-log.ts';
import { Upkeep } from './upkeep.ts';

const DAY_MS = 86_400_000;
const link = (name: string) => `https://www.twitch.tv/${name}`;
const add = (name: string, fields = {}) => ({ type: 'add-stream', link: link(name), fields });

let time: { nowMs: number };
let log: UpdateLog;
let archive: ReturnType<typeof createInMemoryServerArchive>;
let startUpkeep: (over?: UpdateLog) => Upkeep;
let told: string[];
let batches = 0;
beforeEach(() => {
  time = { nowMs: TEST_NOW };
  const clock = { nowMs: () => time.nowMs };
  log = createInMemoryUpdateLog('0123456789abcdef');
  archive = createInMemoryServerArchive();
  told = [];
  const leases = createInMemoryLeases(clock);
  const silent = (): void => undefined;
  const logger = { info: silent, warn: silent, error: silent };
  const tell = (document: string, from: number): void => void told.push(`${document} ${String(from)}`);
  startUpkeep = (over = log) =>
    new Upkeep({ log: over, leases, archive, clock, logger, historyMs: 30 * DAY_MS, tell });
});

/** Stores every edit of a desk as it is made. */
function keep(document: string, { doc, context }: Pick<CatalogueDesk, 'doc' | 'context'>): void {
  doc.on('update', (bytes: Uint8Array, origin: unknown) => {
    if (origin === 'log') return;
    const updates = [{ bytes, actor: context().actor, claims: [doc.clientID], carried: false }];
    void log.append(document, { id: `desk-${String(++batches)}`, atMs: time.nowMs, updates });
  });
}

async function follow(document: string, doc: Y.Doc): Promise<void> {
  for (const { bytes } of await log.read(document, 0, 10_000)) Y.applyUpdate(doc, bytes, 'log');
}

function openDesk(name: string): CatalogueDesk {
  const desk = createCatalogueDesk(name, { time });
  keep('catalogue', desk);
  return desk;
}

const archived = async (): Promise<number> => {
  const count = await archive.count();
  return count.ok ? count.value : -1;
};

describe('the upkeep of a store', () => {
  it('[S29] what is over leaves for the archive, and comes back with its past when it is added again', async () => {
    const ana = openDesk('a');
    ana.do(add('over', { notes: 'n', status: 'live' }));
    ana.do({ type: 'set-stream-status', id: idOf(link('over')), status: 'offline' });
    ana.do(add('pinned', { pinned: true }));
    const upkeep = startUpkeep();
    time.nowMs += 9 * DAY_MS;
    await upkeep.perform();
    await follow('catalogue', ana.doc);
    expect([...ana.view().streams.values()].map((stream) => stream.link)).toEqual([link('pinned')]);
    expect(await archived()).toBe(1);
    expect(told).toContain(`catalogue ${String(await log.last('catalogue'))}`);
    const rows = await log.read('catalogue', 0, 100);
    expect(rows.at(-1)).toMatchObject({ actor: 'rule:upkeep', carried: false });

    // Somebody who knows nothing of it adds the link anew.
    const ben = openDesk('b');
    await follow('catalogue', ben.doc);
    ben.do(add('over', { title: 'Again' }));
    await upkeep.perform();
    await follow('catalogue', ben.doc);
    expect(ben.stream(link('over'))).toMatchObject({ title: 'Again', notes: 'n', addedAt: TEST_NOW });

    // What people clear afterwards stays cleared.
    ben.do({ type: 'edit-stream', id: idOf(link('over')), changes: { notes: null } });
    time.nowMs += 60_000;
    await startUpkeep().perform();
    await upkeep.perform();
    await follow('catalogue', ben.doc);
    expect(ben.stream(link('over'))?.notes).toBeUndefined();
  });

  it('[S29] what stands on a wall stays, or comes back to it; what a person removed does not', async () => {
    const ana = openDesk('a');
    for (const name of ['shown', 'over', 'gone']) ana.do(add(name));
    const wall = createTestWall('w', time);
    keep('wall:main', wall);
    const place = (name: string, x: number) =>
      wall.act({
        type: 'place-stream',
        tile: TileId.parse(name),
        stream: idOf(link(name)),
        at: { x, y: 0, w: 1, h: 1 },
      });
    place('shown', 0);
    const upkeep = startUpkeep();
    time.nowMs += 9 * DAY_MS;
    await upkeep.perform();
    await follow('catalogue', ana.doc);
    expect(ana.view().streams.size).toBe(1);
    expect(await archived()).toBe(2);
    place('over', 1);
    await upkeep.perform();
    await follow('catalogue', ana.doc);
    expect(ana.stream(link('over'))).toBeDefined();

    ana.do(add('gone'));
    await upkeep.perform();
    await follow('catalogue', ana.doc);
    ana.do({ type: 'remove-stream', id: idOf(link('gone')) });
    ana.do({ type: 'remove-stream', id: idOf(link('over')) });
    place('gone', 2);
    await upkeep.perform();
    await follow('catalogue', ana.doc);
    expect([...ana.view().streams.values()].map((stream) => stream.link)).toEqual([link('shown')]);
  });

  it('[S27] an edit that is stored at the last moment keeps its stream', async () => {
    const ana = openDesk('a');
    ana.do(add('over'));
    time.nowMs += 9 * DAY_MS;
    const slow: UpdateLog = {
      ...log,
      appendAfter: async (...args) => {
        ana.do({ type: 'edit-stream', id: idOf(link('over')), changes: { title: 'Not over at all' } });
        return log.appendAfter(...args);
      },
    };
    await startUpkeep(slow).perform();
    await follow('catalogue', ana.doc);
    expect(ana.stream(link('over'))?.title).toBe('Not over at all');
    time.nowMs += DAY_MS;
    await startUpkeep().perform();
    await follow('catalogue', ana.doc);
    expect(ana.stream(link('over'))).toBeDefined();
  });

  it('[C21] an account that two desks gave to two streamers apart is left with the first, once, by the server', async () => {
    const account = { platform: 'twitch', username: 'woo', active: true };
    const put = (id: string) => ({ type: 'put-streamer', id, fields: { name: id, accounts: [account] } });
    const [ana, ben] = [openDesk('a'), openDesk('b')];
    ana.do(put('first'));
    time.nowMs += 1_000;
    ben.do(put('second'));
    const upkeeps = [startUpkeep(), startUpkeep()];
    for (const upkeep of [...upkeeps, ...upkeeps]) await upkeep.perform();
    const rows = await log.read('catalogue', 0, 100);
    expect(rows.map(({ actor }) => actor)).toEqual(['user:a', 'user:b', 'rule:upkeep']);
    await follow('catalogue', ben.doc);
    const fieldsOf = (id: string) => Object.keys(ben.projection.stored('streamers', id)?.fields ?? {});
    expect([fieldsOf('first'), fieldsOf('second')]).toEqual([
      expect.arrayContaining(['name', 'a:twitch/woo']),
      expect.not.arrayContaining(['a:twitch/woo']),
    ]);
    expect(fieldsOf('second')).toContain('name');
  });

  it('[S28] is done by one instance, and by another when that one is gone', async () => {
    const [one, two] = [startUpkeep(), startUpkeep()];
    expect([await one.perform(), await two.perform()]).toEqual([true, false]);
    time.nowMs += 80_000;
    expect([await one.perform(), await two.perform()]).toEqual([true, false]);
    time.nowMs += 100_000;
    expect([await two.perform(), await one.perform()]).toEqual([true, false]);
    await two.close();
    expect(await one.perform()).toBe(true);
  });

  it('[S5] forgets what is older than the history is kept', async () => {
    const wall = createTestWall('w', time);
    keep('wall:main', wall);
    for (let i = 0; i < 5_010; i++) wall.doc.getMap('meta').set('count', i);
    await log.writeSnapshot('wall:main', { upTo: 5_005, bytes: Y.encodeStateAsUpdateV2(wall.doc) });
    const upkeep = startUpkeep();
    await upkeep.perform();
    expect(await log.read('wall:main', 0, 1)).toMatchObject([{ number: 1 }]);
    time.nowMs += 31 * DAY_MS;
    await upkeep.perform();
    expect(await log.read('wall:main', 0, 1)).toMatchObject([{ number: 5_006 }]);
  });
});
