import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeUpdateLog } from '../documents/update-log.contract.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import { migrate } from '../postgres/migrate.ts';
import { createSqlUpdateLog } from '../postgres/sql-update-log.ts';
import { openPgliteInThread, type ThreadWatch } from './pglite-in-thread.ts';

let folder: string;
/** The threads of the database, the newest last, and what became of them. */
const threads: Worker[] = [];
const told: string[] = [];
const watch: ThreadWatch = {
  clock: { nowMs: () => 0 },
  restarting: () => told.push('started again'),
  gaveUp: () => told.push('gave up'),
  start: (at) => {
    const url = new URL('./pglite-thread.ts', import.meta.url);
    const thread = new Worker(url, { workerData: { folder: at } });
    threads.push(thread);
    return thread;
  },
};
const open = async () => openPgliteInThread(join(folder, 'database'), watch);

let database: Awaited<ReturnType<typeof openPgliteInThread>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'streamwall-thread-'));
  database = await open();
  await migrate(database.sql);
  await migrate(database.sql);
}, 60_000);
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

describeUpdateLog('in PGlite in a thread of its own', async () =>
  Promise.resolve({ log: createSqlUpdateLog(database.sql), close: async () => Promise.resolve() }),
);

it('what is wrong with a statement is told with its code, and the next one is performed', async () => {
  await expect(database.sql.query('SELECT nothing')).rejects.toMatchObject({ code: '42703' });
  const bytes = Buffer.from('a part of something larger').subarray(2, 6);
  expect(await database.sql.query('SELECT $1::bytea AS part, 1 AS one', [bytes])).toEqual([
    { part: new Uint8Array(bytes), one: 1 },
  ]);
});

it('a database that has ended says so, and a folder that cannot be opened does not open', async () => {
  await database.close();
  await expect(database.sql.query('SELECT 1')).rejects.toBeInstanceOf(LogUnavailable);
  await expect(openPgliteInThread('/proc/nowhere/database', watch)).rejects.toThrow();
  database = await open();
  expect(await createSqlUpdateLog(database.sql).storeId()).toMatch(/^[a-z0-9]+$/);
});

const patience = { timeout: 50_000, interval: 20 };

it('a thread that ends is started again, with all that was stored', async () => {
  await database.sql.query('CREATE TABLE kept (n integer)');
  await database.sql.query('INSERT INTO kept VALUES (1)');
  const asked = database.sql.query('SELECT pg_sleep(60)').catch((error: unknown) => error);
  await threads.at(-1)?.terminate();
  expect(await asked).toBeInstanceOf(LogUnavailable);
  const kept = await vi.waitFor(async () => database.sql.query('SELECT n FROM kept'), patience);
  expect(kept).toEqual([{ n: 1 }]);
  expect(told).toEqual(['started again']);
}, 60_000);

it('a thread that ends again and again is given up', async () => {
  const words: string[] = [];
  // Says that it is open, and ends when it is asked something.
  const program =
    "const { parentPort } = require('node:worker_threads'); parentPort.postMessage({ id: 0 }); parentPort.once('message', () => process.exit(1));";
  const feeble = await openPgliteInThread('nowhere', {
    clock: { nowMs: () => 0 },
    restarting: () => words.push('started again'),
    gaveUp: () => words.push('gave up'),
    start: () => new Worker(program, { eval: true }),
  });
  await vi.waitFor(async () => {
    await expect(feeble.sql.query('SELECT 1')).rejects.toBeInstanceOf(LogUnavailable);
    expect(words.at(-1)).toBe('gave up');
  }, patience);
  expect(words).toEqual(['started again', 'started again', 'started again', 'gave up']);
  await feeble.close();
}, 60_000);
