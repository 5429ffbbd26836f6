import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeUpdateLog } from '../documents/update-log.contract.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import { migrate } from '../postgres/migrate.ts';
import { createSqlUpdateLog } from '../postgres/sql-update-log.ts';
import { openPgliteInThread } from './pglite-in-thread.ts';

let folder: string;
let database: Awaited<ReturnType<typeof openPgliteInThread>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'streamwall-thread-'));
  database = await openPgliteInThread(join(folder, 'database'));
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
  await expect(openPgliteInThread('/proc/nowhere/database')).rejects.toThrow();
  database = await openPgliteInThread(join(folder, 'database'));
  expect(await createSqlUpdateLog(database.sql).storeId()).toMatch(/^[a-z0-9]+$/);
});
