import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatement } from '../../projection/stream-reads.ts';
import { startTestRest, uniqueName, type Json, type TestRest } from './test-rest.ts';

let rest: TestRest;
let admin = '';
beforeAll(async () => {
  rest = await startTestRest();
  admin = await rest.person('ada@example.org', 'admin');
});
afterAll(() => rest.end());

const ask = async (method: string, path: string, body?: object) =>
  rest.ask(method, `/api/v1/${path}`, { token: admin, ...(body && { body }) });
const MANY = 40;
const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

async function fill(count: number): Promise<void> {
  const names = times(count, () => uniqueName());
  const streams = names.map((name) => ({
    link: `https://www.twitch.tv/${name}`,
    city: name,
    streamer: name,
  }));
  expect((await ask('POST', 'streams/bulk_import', { streams })).json['imported']).toBe(count);
  const entries = names.map((name) => ({ list_type: 'domain', value: `${name}.org` }));
  expect((await ask('POST', 'ignore_lists/bulk_create', { entries })).status).toBe(201);
  const made = await Promise.all(
    names.flatMap((name) => [
      ask('POST', 'streamers', { name }),
      ask('POST', 'locations', { city: name, country: 'US' }),
      ask('POST', 'timestamps', { title: name, event_timestamp: '2026-11-01T10:00:00Z' }),
    ]),
  );
  expect(new Set(made.map(({ status }) => status))).toEqual(new Set([201]));
}

/** Of three askings the least: what the server does by itself meanwhile is counted, too. */
async function statementsOf(path: string): Promise<number> {
  const counts: number[] = [];
  for (const turn of [1, 2, 3]) {
    const before = rest.statements();
    expect((await ask('GET', `${path}?per_page=100&turn=${String(turn)}`)).status).toBe(200);
    counts.push(rest.statements() - before);
  }
  return Math.min(...counts);
}

describe('lists', () => {
  it('ask the database as often for forty as for one', async () => {
    const lists = [
      'streams',
      'streams/export',
      'streamers',
      'timestamps',
      'locations',
      'ignore_lists',
      'users',
    ];
    await fill(1);
    const few = new Map<string, number>();
    for (const path of lists) few.set(path, await statementsOf(path));
    await fill(MANY - 1);
    for (const path of lists)
      expect(await statementsOf(path), path).toBeLessThan((few.get(path) ?? 0) + MANY / 2);
  });

  it('find words and links by an index', async () => {
    const client = new pg.Client({ connectionString: rest.postgres.url });
    await client.connect();
    try {
      // A few rows are read faster as they lie: what is left is what many are found by.
      for (const way of ['seqscan', 'indexscan', 'indexonlyscan'])
        await client.query(`SET enable_${way} = off`);
      const plan = async (filter: Parameters<typeof countStatement>[0]): Promise<string> => {
        const { text, values } = countStatement(filter);
        return JSON.stringify((await client.query(`EXPLAIN ${text}`, [...values])).rows);
      };
      expect(await plan({ search: 'river' })).toContain('Bitmap Index Scan on catalogue_streams_search');
      expect(await plan({ keys: ['abc'] })).toContain('Bitmap Index Scan on catalogue_streams_pkey');
    } finally {
      await client.end();
    }
  });
});

describe('two at once', () => {
  it('make one streamer of one name, and neither fails', async () => {
    const name = uniqueName();
    const made = await Promise.all(times(8, async () => ask('POST', 'streamers', { name })));
    for (const { status, text } of made) expect([200, 201, 422], text).toContain(status);
    const { streamers } = (await ask('GET', `streamers?search=${name}`)).json;
    expect([...(streamers ?? [])].map((one: Json) => String(one['name']))).toEqual([name]);
  });
});
