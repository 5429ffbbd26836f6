import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { startTestDatabase, type TestDatabase } from './test-database.ts';
import { median, residentBytes } from './test-memory.ts';
import { startServerProcess } from './test-process.ts';

const MEGABYTE = 1_048_576;
const isLong = process.env['STREAMWALL_LONG'] === '1';
const PUSHED_BYTES = (isLong ? 150 : 24) * MEGABYTE;
const UPDATE_BYTES = 256 * 1_024;
const AT_ONCE = 8;

let database: TestDatabase;
let key: string;
beforeAll(async () => {
  database = await startTestDatabase();
  ({ key } = await database.key('operator'));
});
afterAll(() => database.remove());

const until = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 5 });

/** @returns by how much a server's memory grew while all that was pushed past one more reader */
async function growthWith(reader: 'reading' | 'stalled', document: string): Promise<number> {
  const { child, url, end } = await startServerProcess({ DATABASE_URL: database.postgres.url });
  const address = `${url.replace('http', 'ws')}/sync`;
  const options = { params: { token: key }, disableBc: true };
  const writer = new WebsocketProvider(address, document, new Y.Doc(), options);
  const other = new WebsocketProvider(address, document, new Y.Doc(), options);
  const raw = new WebSocket(`${address}/${document}?token=${key}`);
  const big = ({ doc }: WebsocketProvider): unknown => doc.getMap('settings').get('big');
  const push = async (bytes: number): Promise<number> => {
    const memory: number[] = [];
    for (let i = 0; i < bytes / UPDATE_BYTES; i += AT_ONCE) {
      for (let j = 0; j < AT_ONCE; j++)
        writer.doc.getMap('settings').set('big', `${String(i + j)}${'x'.repeat(UPDATE_BYTES)}`);
      const last = big(writer);
      await until(() => expect(big(other) === last).toBe(true));
      memory.push(residentBytes(child.pid));
    }
    return median(memory);
  };
  try {
    await until(() => expect([writer.synced, other.synced, raw.readyState]).toEqual([true, true, 1]));
    if (reader === 'stalled') raw.pause();
    // The first of it warms up what every server needs once.
    const before = await push(8 * MEGABYTE);
    const growth = (await push(PUSHED_BYTES)) - before;
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics.includes('reason="slow-reader"} 1')).toBe(reader === 'stalled');
    return growth;
  } finally {
    raw.terminate();
    for (const provider of [writer, other]) {
      provider.destroy();
      provider.doc.destroy();
    }
    await end('SIGKILL');
  }
}

/** What a stalled reader would cost, it costs each time; what a busy machine leaves uncollected differs. */
const TRIES = 3;

it('[S18] a reader that stalls costs no memory to speak of beyond one that reads', async () => {
  const megabytes: number[] = [];
  for (let n = 0; n < TRIES && megabytes.every((cost) => cost >= 16); n++) {
    const reading = await growthWith('reading', `wall:read-${String(n)}`);
    const stalled = await growthWith('stalled', `wall:stalled-${String(n)}`);
    megabytes.push((stalled - reading) / MEGABYTE);
  }
  expect(Math.min(...megabytes)).toBeLessThan(16);
}, 300_000);
