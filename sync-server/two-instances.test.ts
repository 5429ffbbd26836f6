import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { systemClock } from '#shared/kernel/clock.ts';
import { createStampClock } from '#shared/kernel/stamp.ts';
import { addStream, linkOf, must, streamOf, titleStream } from '#shared/replica/test-replica.ts';
import type { SyncServer } from './create-sync-server.ts';
import { startTestInstances, type TestInstances } from './test-instances.ts';
import { createTestTeam, type TestDesk } from './test-team.ts';

let instances: TestInstances;
let [one, two]: SyncServer[] = [];
let keys: Record<'admin' | 'operator', string>;
beforeAll(async () => {
  instances = await startTestInstances();
  [one, two] = [await instances.start(), await instances.start()];
  keys = { admin: await instances.key('admin'), operator: await instances.key('operator') };
}, 60_000);
afterAll(() => instances.end());

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
type Reply = { readonly status: number; readonly json: unknown };

async function ask(at: SyncServer | undefined, method: string, path: string, body?: object): Promise<Reply> {
  const response = await fetch(`${String(at?.url)}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${keys.admin}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? {} : JSON.parse(text) };
}

async function openDesk(at: SyncServer | undefined): Promise<TestDesk> {
  const team = createTestTeam();
  instances.onEnd(team.end);
  const desk = await team.desk(String(at?.url), keys.operator);
  await until(() => expect(desk.sync.state().line.type).toBe('in-step'));
  return desk;
}

/** The server has said that all is stored. */
const allSaved = async ({ replica }: TestDesk) =>
  until(async () => expect(must(await replica.sync.unsaved('catalogue'))).toEqual([]));

const sql = async (text: string, values: string[]) => instances.store.sql?.query(text, values);

/** Puts a stream into the archive that the catalogue does not hold. */
async function archive(name: string): Promise<void> {
  const birth = createStampClock(systemClock, 'archived').next();
  const fields = { link: linkOf(name), platform: 'twitch', code: name.slice(0, 12), title: 'of old' };
  const stored = Object.entries(fields).map(([field, value]) => [field, { value, stamp: birth }] as const);
  const record = { births: [birth], fields: Object.fromEntries(stored) };
  must(await instances.store.archive.put([{ id: `streams/${streamOf(name)}`, atMs: Date.now(), record }]));
}

/** As an admin types it. */
async function rebuild(): Promise<void> {
  const program = new URL('streamwall.ts', import.meta.url).pathname;
  const env = { ...process.env, DATABASE_URL: instances.postgres.url };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, 'projection', 'rebuild', '--json'],
    { env },
  );
  const done = z.object({ number: z.int().min(1), records: z.int().min(1) }).safeParse(JSON.parse(stdout));
  expect(done.error).toBeUndefined();
}

/** As a dashboard reads them, past the server. */
const titleInTables = async (name: string): Promise<unknown> => {
  const [row] =
    (await instances.store.sql?.query('SELECT body->>$2 AS title FROM catalogue_streams WHERE link = $1', [
      linkOf(name),
      'title',
    ])) ?? [];
  return row === undefined ? 'no stream' : row['title'];
};

describe('two instances on one Postgres and one Redis', () => {
  it('[TB1] bring what desks wrote into the tables, though nobody asks over HTTP', async () => {
    const desks = [await openDesk(one), await openDesk(two)];
    for (const [i, desk] of desks.entries()) {
      must(await desk.replica.send(addStream(`tables${String(i)}`)));
      await until(async () => expect(await titleInTables(`tables${String(i)}`)).toBeNull());
    }
    const [, ben] = desks;
    if (ben === undefined) throw new Error('no desk');
    await until(() => expect(ben.replica.catalogue().streams.size).toBe(2));
    must(await ben.replica.send(titleStream('tables0', 'by the other')));
    await until(async () => expect(await titleInTables('tables0')).toBe('by the other'));
    await Promise.all(desks.map(async ({ quit }) => quit()));
  });

  it('[TB2] answer with what was written before, whoever wrote it where, also while Redis is away', async () => {
    const desk = await openDesk(one);
    must(await desk.replica.send(addStream('everywhere')));
    await allSaved(desk);
    const path = `/streams?link=${encodeURIComponent(linkOf('everywhere'))}`;
    const read = async (at: SyncServer | undefined) =>
      Listed.parse((await ask(at, 'GET', path)).json).streams[0];
    const writeAndRead = async (words: string): Promise<void> => {
      for (const [writer, reader] of [...[[one, two] as const, [two, one] as const]]) {
        const id = (await read(reader))?.id;
        const title = `${words} at ${String(writer?.url)}`;
        expect((await ask(writer, 'PATCH', `/streams/${String(id)}`, { title })).status).toBe(200);
        expect(await read(reader)).toMatchObject({ id, title });
        expect(await read(writer)).toMatchObject({ id, title });
      }
      must(await desk.replica.send(titleStream('everywhere', `${words} at a desk`)));
      await allSaved(desk);
      for (const at of [two, one]) expect((await read(at))?.title).toBe(`${words} at a desk`);
    };
    await writeAndRead('with Redis');
    await instances.redis.stop();
    await writeAndRead('without Redis');
    await instances.redis.start();
    await writeAndRead('with Redis again');
    await desk.quit();
  });

  it('[IN1] [IN2] show everybody on each of them, and let go whoever is where', async () => {
    const desks = [await openDesk(one), await openDesk(two)];
    const clients = async (at: SyncServer | undefined) =>
      Connections.parse((await ask(at, 'GET', '/admin/connections')).json).connections;
    for (const at of [one, two])
      await until(async () => {
        const shown = await clients(at);
        expect(shown.map(({ document }) => document).toSorted()).toEqual([
          ...['catalogue', 'catalogue', 'wall:main', 'wall:main'],
        ]);
        expect(new Set(shown.map(({ instance }) => instance)).size).toBe(2);
      });
    const overview = async (at: SyncServer | undefined) =>
      Overview.parse((await ask(at, 'GET', '/admin/overview')).json);
    await until(async () => {
      const shown = await overview(one);
      expect(shown.connected).toMatchObject({ bots: 1, connections: 4 });
      expect(shown.may_lack_instances).toBe(false);
      expect(shown.instances.map(({ is_this: isThis, connections }) => [isThis, connections])).toEqual([
        ...[
          [true, 2],
          [false, 2],
        ],
      ]);
      expect(shown.instances.map(({ health }) => health['postgres']?.state)).toEqual(['ok', 'ok']);
    });

    const [, ben] = desks;
    const { instances: known } = await overview(one);
    const other = known.find(({ is_this: isThis }) => !isThis)?.id;
    for (const { id, instance } of await clients(one))
      if (instance === other) expect((await ask(one, 'DELETE', `/admin/connections/${id}`)).status).toBe(204);
    await until(() => expect(ben?.sync.state().line).toMatchObject({ type: 'turned-away' }));
    for (const at of [one, two]) await until(async () => expect((await clients(at)).length).toBe(2));
    await Promise.all(desks.map(async ({ quit }) => quit()));
  });

  it('[IN4] show themselves while Redis is away, and say that there may be more', async () => {
    const desk = await openDesk(two);
    const shown = async (at: SyncServer | undefined) =>
      Connections.parse((await ask(at, 'GET', '/admin/connections')).json);
    await until(async () => expect((await shown(one)).connections.length).toBe(2));
    await instances.redis.stop();
    await until(async () => {
      expect(await shown(one)).toEqual({ connections: [], may_lack_instances: true });
      expect(await shown(two)).toMatchObject({ connections: { length: 2 }, may_lack_instances: true });
    });
    await instances.redis.start();
    for (const at of [one, two])
      await until(async () =>
        expect(await shown(at)).toMatchObject({ connections: { length: 2 }, may_lack_instances: false }),
      );
    await desk.quit();
  });

  it('make one streamer, place, rule and stream of what both are told at once, under one id', async () => {
    const tell = async (path: string, body: object): Promise<unknown> => {
      const replies = await Promise.all([one, two].map(async (at) => ask(at, 'POST', path, body)));
      for (const { status } of replies) expect([200, 201, 422]).toContain(status);
      return { path, body };
    };
    const names = Array.from({ length: 10 }, (_, i) => `at once ${String(i)}`);
    await Promise.all(
      names.flatMap((name) => [
        tell('/streamers', { streamer: { name, notes: 'told twice' } }),
        tell('/locations', { location: { city: name, state_province: 'TX' } }),
        tell('/ignore_lists', { ignore_list: { list_type: 'discord_user', value: name } }),
        tell('/streams', {
          ...{ link: linkOf(name.replaceAll(' ', '')), streamer_name: `new with ${name}` },
          location: { city: `new with ${name}` },
        }),
      ]),
    );
    const listed = async (path: string, field: string): Promise<readonly string[]> => {
      const { json } = await ask(one, 'GET', `/${path}?search=at once&per_page=100`);
      const list = z.record(z.string(), z.unknown()).parse(json)[path];
      return z
        .array(z.record(z.string(), z.unknown()))
        .parse(list)
        .map((entry) => String(entry[field]));
    };
    const all = [...names, ...names.map((name) => `new with ${name}`)].toSorted();
    expect((await listed('streamers', 'name')).toSorted()).toEqual(all);
    expect((await listed('locations', 'city')).toSorted()).toEqual(all);
    expect((await listed('ignore_lists', 'value')).toSorted()).toEqual(names);
    const { json } = await ask(two, 'GET', '/streams?search=atonce&per_page=100');
    expect(z.object({ streams: z.array(z.unknown()) }).parse(json).streams).toHaveLength(10);
  });

  it('[TB3] go on while the command line writes the tables anew, with the same integer ids', async () => {
    const read = async (at: SyncServer | undefined, name: string) => {
      const path = `/streams?link=${encodeURIComponent(linkOf(name))}`;
      return Listed.parse((await ask(at, 'GET', path)).json).streams;
    };
    await ask(one, 'POST', '/streams', { link: linkOf('rebuilt'), title: 'stays' });
    await archive('of-old');
    const before = await read(two, 'rebuilt');
    expect(before).toMatchObject([{ title: 'stays' }]);
    await sql('UPDATE catalogue_streams SET body = body - $2 WHERE link = $1', [linkOf('rebuilt'), 'title']);
    await rebuild();
    for (const at of [one, two]) expect(await read(at, 'rebuilt')).toEqual(before);
    const old = await read(one, 'of-old');
    expect(old).toMatchObject([{ title: 'of old', is_archived: true }]);
    // As if the instance that retired it had died before its tables knew.
    await sql('UPDATE catalogue_streams SET is_retired = false WHERE link = $1', [linkOf('of-old')]);
    await rebuild();
    for (const at of [one, two]) expect(await read(at, 'of-old')).toEqual(old);
  });
});

const Listed = z.object({
  streams: z.array(z.object({ id: z.int(), title: z.string().nullable(), is_archived: z.boolean() })),
});
const Connections = z.object({
  connections: z.array(z.object({ id: z.string(), document: z.string(), instance: z.string() })),
  may_lack_instances: z.boolean(),
});
const Overview = z.object({
  connected: z.object({ bots: z.int(), connections: z.int() }),
  instances: z.array(
    z.object({
      ...{ id: z.string(), is_this: z.boolean(), connections: z.int() },
      health: z.record(z.string(), z.object({ state: z.string() })),
    }),
  ),
  may_lack_instances: z.boolean(),
});
