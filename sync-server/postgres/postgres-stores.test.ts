import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import { describeAccountStores } from '../accounts/account-stores.contract.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import { describeUpdateLog } from '../documents/update-log.contract.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres-pool.ts';
import { createSqlAccountStores } from './sql-account-stores.ts';
import { createSqlUpdateLog } from './sql-update-log.ts';
import { startTestPostgres, type TestPostgres } from './start-test-postgres.ts';

let postgres: TestPostgres;
const opened = () =>
  openPostgres({ url: postgres.url, connections: 8, timeoutMs: 10_000, onLost: () => undefined });

beforeAll(async () => {
  postgres = await startTestPostgres();
  const servers = [opened(), opened(), opened()];
  await Promise.all(servers.map(async ({ sql }) => migrate(sql)));
  await Promise.all(servers.map(async ({ close }) => close()));
});
afterAll(() => postgres.remove());

describeUpdateLog('in Postgres', async () => {
  const { sql, close } = opened();
  return Promise.resolve({ log: createSqlUpdateLog(sql), close });
});

describeAccountStores('in Postgres', async () => {
  const { sql, close } = opened();
  return Promise.resolve({ stores: createSqlAccountStores(sql), close });
});

it('[S35] changing its tables may take longer than an edit may wait, and so may waiting for who changes them', async () => {
  const impatient = { url: postgres.url, connections: 1, timeoutMs: 100, onLost: () => undefined };
  const one = openPostgres(impatient);
  const two = openPostgres(impatient);
  const seen: string[] = [];
  const slow = { name: '9000-slow.sql', text: 'SELECT pg_sleep(0.4)' };
  const change = async ({ sql }: typeof one): Promise<void> =>
    sql.migrate(async (applied) => {
      seen.push(applied.has(slow.name) ? 'there' : 'changes');
      return Promise.resolve(applied.has(slow.name) ? [] : [slow]);
    });
  await Promise.all([change(one), change(two)]);
  expect(seen).toEqual(['changes', 'there']);
  const broken = { name: '9001-broken.sql', text: 'SELECT wrong FROM nowhere' };
  await expect(one.sql.migrate(async () => Promise.resolve([broken]))).rejects.toThrow('nowhere');
  await change(two);
  await Promise.all([one.close(), two.close()]);
});

it('[S7] a statement that is given up while somebody holds a lock does not wait on in Postgres', async () => {
  const watch = openPostgres({
    url: postgres.url,
    connections: 2,
    timeoutMs: 10_000,
    onLost: () => undefined,
  });
  await watch.sql.query('CREATE TABLE held (name text PRIMARY KEY, value int)');
  await watch.sql.query("INSERT INTO held VALUES ('one', 1)");
  const holder = new pg.Client({ connectionString: postgres.url });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('UPDATE held SET value = 2');
  const hasty = openPostgres({ url: postgres.url, connections: 2, timeoutMs: 100, onLost: () => undefined });
  for (let tries = 0; tries < 4; tries += 1)
    await expect(hasty.sql.query('UPDATE held SET value = 3')).rejects.toThrow(LogUnavailable);
  const waiting = async () => {
    const [row] = await watch.sql.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE query LIKE 'UPDATE held SET value = 3%' AND state = 'active'",
    );
    return row?.count;
  };
  await expect.poll(waiting).toBe(0);
  await holder.query('COMMIT');
  await hasty.sql.query('UPDATE held SET value = value + 1');
  expect(await watch.sql.query('SELECT value FROM held')).toEqual([{ value: 3 }]);
  await holder.end();
  await Promise.all([watch.close(), hasty.close()]);
});

it('[S7] a long batch costs as much an update as a short one, so that what waited is stored in time', async () => {
  const { sql, close } = openPostgres({
    ...{ url: postgres.url, connections: 1, timeoutMs: 60_000 },
    onLost: () => undefined,
  });
  const [backend] = await sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const log = createSqlUpdateLog(sql);
  const actor = ActorId.parse('user:ana');
  const updates = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      bytes: new Uint8Array(Buffer.from(`edit ${String(i)} of some length`)),
      ...{ actor, claims: [], carried: false },
    }));
  let last = 0;
  /** @returns what Postgres worked for it, in ticks; the time that it took is up to who else is on the machine */
  const storing = async (batches: number, count: number): Promise<number> => {
    const before = ticksOf(backend?.pid);
    for (let batch = 0; batch < batches; batch++) {
      await log.appendAfter('wall:long', last, { id: randomUUID(), atMs: 1, updates: updates(count) });
      last += count;
    }
    return ticksOf(backend?.pid) - before;
  };
  await storing(1, 1_000);
  const short = await storing(16, 1_000);
  const long = await storing(1, 16_000);
  expect(await log.last('wall:long')).toBe(33_000);
  const rows = await log.read('wall:long', 32_998, 2);
  expect(rows.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
    'edit 15998 of some length',
    'edit 15999 of some length',
  ]);
  // It was sixteen times as much when each update was looked for from the first one on; a tick is no exact measure.
  expect(long).toBeLessThan(4 * short + 4);
  await close();
});

/** The processor time of a process, in hundredths of a second. */
function ticksOf(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return Number(user) + Number(system);
}

describe('a Postgres that goes away', () => {
  it('[S7] an append that found nobody says so, and can be repeated when it is back', async () => {
    const { sql, close } = opened();
    const log = createSqlUpdateLog(sql);
    const batch = {
      id: 'while-away',
      atMs: 1,
      updates: [{ bytes: new Uint8Array([1]), actor: ActorId.parse('user:ana'), claims: [], carried: false }],
    };
    await log.append('wall:away', { ...batch, id: 'before' });
    await postgres.stop();
    await expect(log.append('wall:away', batch)).rejects.toBeInstanceOf(LogUnavailable);
    await postgres.start();
    expect((await log.append('wall:away', batch)).appended).toEqual([{ number: 2 }]);
    await close();
  });
});
