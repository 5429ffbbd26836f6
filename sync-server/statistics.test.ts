import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { linkOf, streamOf } from '#shared/replica/test-replica.ts';
import type { SyncServer } from './create-sync-server.ts';
import { systemTimers } from './documents/timers.ts';
import { startTestInstances, type TestInstances } from './test-instances.ts';

const HOUR_MS = 3_600_000;
/** Of the lifecycle, which is what the test waits for. */
const ROUND_MS = 15_000;
const STARTED_MS = Date.UTC(2026, 4, 1, 23);

let instances: TestInstances;
let key: string;
/** How far the servers' time is ahead. */
let aheadMs = 0;
const start = async (): Promise<SyncServer> =>
  instances.start({
    clock: { nowMs: () => Date.now() + aheadMs },
    timers: { ...systemTimers, after: (ms, work) => systemTimers.after(ms === ROUND_MS ? 100 : ms, work) },
  });
beforeAll(async () => {
  instances = await startTestInstances();
  key = await instances.key('operator');
}, 60_000);
afterAll(() => instances.end());

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const sql = async (text: string, values: (string | number)[]) => instances.store.sql?.query(text, values);

async function ask(at: SyncServer, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${at.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.ok).toBe(true);
  return response.json();
}

/** A stream of that name was live for three hours, an hour of them before midnight. */
async function broadcast(at: SyncServer, name: string): Promise<void> {
  await ask(at, '/streams', { link: linkOf(name), city: name });
  const span =
    'INSERT INTO stream_spans (key, started_at_ms, ended_at_ms, seen_at_ms) VALUES ($1, $2, $3, $3)';
  await sql(span, [streamOf(name), STARTED_MS, STARTED_MS + 3 * HOUR_MS]);
}

const LiveTime = z.object({ rows: z.array(z.object({ city: z.string(), seconds: z.int() })) });
async function secondsOf(at: SyncServer, city: string, range = ''): Promise<number | undefined> {
  const { rows } = LiveTime.parse(await ask(at, `/statistics/live_time?by=city${range}`));
  return rows.find((row) => row.city === city)?.seconds;
}

describe('statistics', () => {
  it('[TB4] are counted by one instance for all, by the next when it ends, and again after all were down', async () => {
    const [one, two] = [await start(), await start()];
    await broadcast(one, 'aaa');
    aheadMs += HOUR_MS;
    for (const at of [one, two]) await until(async () => expect(await secondsOf(at, 'aaa')).toBe(10_800));
    expect(await secondsOf(two, 'aaa', '&to=2026-05-01')).toBe(3_600);
    expect(await secondsOf(two, 'aaa', '&from=2026-05-02')).toBe(7_200);
    expect(await sql("SELECT name FROM leases WHERE name = 'lifecycle'", [])).toHaveLength(1);

    // Whoever of them counted, one of these has to take it over from the other.
    await one.stop();
    await broadcast(two, 'bbb');
    aheadMs += HOUR_MS;
    await until(async () => expect(await secondsOf(two, 'bbb')).toBe(10_800));
    const three = await start();
    await two.stop();
    await broadcast(three, 'ccc');
    aheadMs += HOUR_MS;
    await until(async () => expect(await secondsOf(three, 'ccc')).toBe(10_800));

    await three.stop();
    await sql('UPDATE stream_spans SET ended_at_ms = $2 WHERE key = $1', [
      streamOf('ccc'),
      STARTED_MS + 4 * HOUR_MS,
    ]);
    const four = await start();
    await until(async () => expect(await secondsOf(four, 'ccc')).toBe(14_400));

    await ask(four, '/streams', { link: linkOf('ddd'), city: 'ddd', status: 'live' });
    // It has been going on for two hours, in which nothing was written.
    const before = Date.now() - 2 * HOUR_MS;
    const body = `jsonb_set(body, '{startedAt}', to_jsonb($2::bigint))`;
    await sql(`UPDATE catalogue_streams SET body = ${body} WHERE key = $1`, [streamOf('ddd'), before]);
    await sql('UPDATE stream_spans SET started_at_ms = $2, seen_at_ms = $2 WHERE key = $1', [
      streamOf('ddd'),
      before,
    ]);
    aheadMs += HOUR_MS;
    await until(async () => expect(await secondsOf(four, 'ddd')).toBeGreaterThanOrEqual(7_200));
    const analytics = await ask(four, `/streams/${streamOf('ddd')}/analytics`);
    expect(z.object({ live_seconds: z.int().min(7_200) }).safeParse(analytics).success).toBe(true);
  });
});
