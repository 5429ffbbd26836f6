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
