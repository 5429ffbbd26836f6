import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestRest, uniqueName, type TestRest } from './test-rest.ts';

/** The API when much is asked of it at once, and when its database is away. */
const ROWS = process.env['STREAMWALL_LONG'] === '1' ? 20_000 : 2_000;
const AT = '/api/v1/streams';

let rest: TestRest;
let [operator, admin] = ['', ''];
beforeAll(async () => {
  rest = await startTestRest();
  operator = await rest.key('operator');
  admin = await rest.key('admin');
});
afterAll(async () => rest.end());

describe('an import', () => {
  it('of many rows reports each of them, while others are answered and see how far it is', async () => {
    const name = uniqueName();
    const streams = Array.from({ length: ROWS }, (_, i) =>
      i % 100 === 7
        ? { link: 'nowhere', source: `row ${String(i)}` }
        : { link: `https://www.twitch.tv/${name}${String(Math.floor(i / 2))}`, source: name },
    );
    const count = async (): Promise<number> => {
      const { status, json } = await rest.ask('GET', `${AT}?source=${name}&per_page=1`, { token: operator });
      expect(status).toBe(200);
      return Number(json['meta']?.['total_count']);
    };
    let isOver = false;
    const importing = rest
      .ask('POST', `${AT}/bulk_import`, { token: operator, body: { streams } })
      .finally(() => (isOver = true));
    const seen: number[] = [];
    while (!isOver) seen.push(await count());
    const { status, json } = await importing;
    expect(status).toBe(200);
    const results = new Map<string, number>();
    for (const { result } of json['rows'] as unknown as { result: string }[])
      results.set(result, (results.get(result) ?? 0) + 1);
    // Each link stands there twice; where one of the two cannot be read, the other is new.
    const failed = ROWS / 100;
    expect(Object.fromEntries(results)).toEqual({ created: ROWS / 2, updated: ROWS / 2 - failed, failed });
    expect(await count()).toBe(Number(results.get('created')));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it('of more rows than may come at once is refused whole', async () => {
    const streams = Array.from({ length: 20_001 }, () => ({}));
    const refused = await rest.ask('POST', `${AT}/bulk_import`, { token: operator, body: { streams } });
    expect(refused.status).toBe(422);
  });
});

describe('while the database is away', () => {
  it('everything is answered 503 in the one shape, and by itself as before once it is back', async () => {
    const link = `https://www.twitch.tv/${uniqueName()}`;
    const made = await rest.ask('POST', AT, { token: operator, body: { link } });
    const one = `${AT}/${String(made.json['stream']?.['id'])}`;
    await rest.postgres.stop();
    const asked: readonly (readonly [string, string, string, unknown?])[] = [
      ['GET', AT, operator],
      ['GET', one, operator],
      ['POST', AT, operator, { link: `https://www.twitch.tv/${uniqueName()}` }],
      ['PATCH', one, operator, { title: 'meanwhile' }],
      ['GET', '/api/v1/streamers', operator],
      ['GET', '/api/v1/ignore_lists', operator],
      ['GET', '/api/v1/users', admin],
      ['POST', '/api/v1/keys', admin, { label: 'x' }],
      ['PUT', '/api/v1/admin/flags/new-list', admin, { on: true }],
      ['GET', '/api/v1/admin/audit', admin],
    ];
    const replies = await Promise.all(
      asked.map(async ([method, path, token, body]) => ({
        path,
        reply: await rest.ask(method, path, { token, ...(body === undefined ? {} : { body }) }),
      })),
    );
    for (const { path, reply } of replies) {
      expect([path, reply.status, reply.json['code']]).toEqual([path, 503, 'unavailable']);
      expect(typeof reply.json['error']).toBe('string');
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await rest.ask('GET', '/healthz')).status).toBe(200);
    await rest.postgres.start();
    await vi.waitFor(
      async () => {
        const back = await rest.ask('PATCH', one, { token: operator, body: { title: 'back' } });
        expect([back.status, back.json['stream']?.['title']]).toEqual([200, 'back']);
      },
      { timeout: 60_000, interval: 100 },
    );
    expect((await rest.ask('GET', '/api/v1/users', { token: admin })).status).toBe(200);
  });
});
