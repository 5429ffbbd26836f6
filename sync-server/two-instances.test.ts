import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { addStream, linkOf, must, titleStream } from '#shared/replica/test-replica.ts';
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
        expect(await read(reader)).toEqual({ id, title });
        expect(await read(writer)).toEqual({ id, title });
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
});

const Listed = z.object({ streams: z.array(z.object({ id: z.int(), title: z.string().nullable() })) });
