import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestRest, type TestRest } from './test-rest.ts';

const isLong = process.env['STREAMWALL_LONG'] === '1';
const RUNS = isLong ? 150 : 2;

type Operation = {
  'x-who'?: 'admin' | 'person' | 'signed-in' | 'anybody';
  parameters: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
};
type Schema = Record<string, unknown>;

let rest: TestRest;
let document: {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};
let tokens: Record<'admin' | 'operator' | 'monitor' | 'viewer' | 'bot' | 'adminKey', string>;

beforeAll(async () => {
  rest = await startTestRest();
  tokens = {
    admin: await rest.person('ada@example.org', 'admin'),
    operator: await rest.person('olga@example.org', 'operator'),
    monitor: await rest.person('mo@example.org', 'monitor'),
    viewer: await rest.person('vic@example.org', 'viewer'),
    bot: await rest.key('service', ['ignore']),
    // Nobody signs it out, whatever is tried.
    adminKey: await rest.key('admin'),
  };
  const { text } = await rest.ask('GET', '/api/v1/openapi.json');
  document = JSON.parse(text) as typeof document;
});
afterAll(async () => rest.end());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );

/** Checks an answer against what the document says it is. */
function refuseAnswer(operation: Operation, status: number, type: string, text: string): string | undefined {
  const declared = operation.responses[String(status)];
  if (declared === undefined) return `the status ${String(status)} is not declared`;
  if (declared.content === undefined || status === 204)
    return text === '' ? undefined : 'there should be no body';
  const media = Object.entries(declared.content).find(([name]) => type.startsWith(name));
  if (media === undefined) return `the type ${type} is not declared`;
  if (media[0] !== 'application/json') return undefined;
  const schema = z.fromJSONSchema({
    ...media[1].schema,
    $defs: JSON.parse(
      JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', '#/$defs/'),
    ) as Schema,
    ...(JSON.parse(
      JSON.stringify(media[1].schema).replaceAll('#/components/schemas/', '#/$defs/'),
    ) as Schema),
  } as Parameters<typeof z.fromJSONSchema>[0]);
  const read = schema.safeParse(JSON.parse(text));
  return read.success ? undefined : z.prettifyError(read.error).slice(0, 500);
}

const oddText = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1',
    '2',
    '25',
    '101',
    '9'.repeat(40),
    '%',
    "'; DROP TABLE users; --",
    '\0',
    '💥',
    'true',
    'null',
  ),
  fc.constantFrom(
    'live',
    'Offline',
    'TikTok',
    'kick',
    'video',
    '2026-01-01',
    '2026-13-45T99:99:99Z',
    'NaN',
    '../..',
    '[]',
  ),
  fc.constantFrom(
    'https://www.twitch.tv/someone',
    'javascript:alert(1)//http://x',
    'https://kick.com/a',
    'http://localhost/x',
  ),
);
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(oddText, { maxLength: 3 }),
  fc.dictionary(oddText, oddText, { maxKeys: 3 }),
);

function bodyFor(schema: Schema | undefined): fc.Arbitrary<unknown> {
  const name = typeof schema?.['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined;
  const known = name === undefined ? schema : document.components.schemas[name];
  const names = Object.keys(known?.['properties'] ?? {});
  if (names.length === 0) return oddValue;
  const some = fc.record(Object.fromEntries(names.map((name) => [name, oddValue])), { requiredKeys: [] });
  return fc.oneof({ weight: 4, arbitrary: some }, { weight: 1, arbitrary: oddValue });
}

describe('the API as its own description says', () => {
  it('lets in nobody who is not signed in, and only whom the table of roles allows to write', async () => {
    for (const { path, method, operation } of operations()) {
      const at = `/api/v1${path.replaceAll(/\{\w+\}/g, '1')}`;
      const who = operation['x-who'];
      if (path === '/streams.json' || who === 'anybody') continue;
      expect((await rest.ask(method, at)).status, `${method} ${path}`).toBe(401);
      expect((await rest.ask(method, at, { token: 'nobody' })).status, `${method} ${path}`).toBe(401);
      if (who === 'admin')
        for (const token of [tokens.operator, tokens.bot])
          expect((await rest.ask(method, at, { token })).status, `${method} ${path}`).toBe(403);
      if (who === 'person')
        expect((await rest.ask(method, at, { token: tokens.bot })).status, `${method} ${path}`).toBe(403);
      if (method === 'GET' || who === 'person' || who === 'signed-in') continue;
      // Monitors may make a wall safer.
      const others = path === '/walls/{id}/commands' ? [tokens.viewer] : [tokens.viewer, tokens.monitor];
      for (const token of others)
        expect((await rest.ask(method, at, { token, body: {} })).status, `${method} ${path}`).toBe(403);
    }
  });

  it('answers an admin’s plain questions, each in its declared shape', async () => {
    const link = 'https://www.twitch.tv/someone';
    await rest.ask('POST', '/api/v1/streams', { token: tokens.admin, body: { link } });
    await rest.ask('PUT', '/api/v1/admin/flags/new-list', { token: tokens.admin, body: { on: true } });
    await rest.ask('POST', '/api/v1/keys', {
      token: tokens.admin,
      body: { label: 'sheet', documents: ['catalogue'] },
    });
    await rest.ask('POST', '/api/v1/invites', { token: tokens.admin, body: { guest_hours: 2 } });
    const plain = operations().filter(
      ({ method, path }) => method === 'GET' && !/^\/(?:changes|streams\.json)$/.test(path),
    );
    for (const { path, operation } of plain) {
      if (/[{}]/.test(path.replace('{name}', '')) || path.endsWith('/past')) continue;
      const at = path.replace('{name}', 'catalogue');
      const reply = await rest.ask('GET', `/api/v1${at}`, { token: tokens.admin });
      if (reply.status === 422) continue;
      expect(reply.status, `${at} ${reply.text}`).toBe(200);
      const type = reply.headers.get('content-type') ?? '';
      expect(
        refuseAnswer(operation, reply.status, type, reply.text),
        `${at} ${reply.text.slice(0, 500)}`,
      ).toBeUndefined();
    }
    for (const path of ['/users', '/keys', '/invites', '/sessions', '/admin/flags', '/admin/overview'])
      expect(plain.map((one) => one.path)).toContain(path);
  });

  it('never fails on what anybody sends, and always answers in a declared shape', async () => {
    for (const { path, method, operation } of operations()) {
      if (path === '/changes') continue;
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      const query = operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name);
      const request = fc.record({
        token: fc.constantFrom(...Object.values(tokens)),
        params: fc.record(
          Object.fromEntries(
            names.map((name) => [name, fc.oneof(fc.constantFrom('1', '2', '3', 'x'), oddText)]),
          ),
        ),
        query: fc.record(Object.fromEntries(query.map((name) => [name, oddText])), { requiredKeys: [] }),
        body: bodyFor(operation.requestBody?.content['application/json'].schema),
      });
      await fc.assert(
        fc.asyncProperty(request, async ({ token, params, query: asked, body }) => {
          const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
            encodeURIComponent(params[name] || '1').replace(/^\.+$/, '1'),
          );
          const search = new URLSearchParams(
            Object.entries(asked).map(([name, value]): [string, string] => [name, value ?? '']),
          );
          const reply = await rest.ask(method, `/api/v1${filled}?${search.toString()}`, {
            token,
            ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
          });
          if (path === '/admin/maintenance')
            await rest.ask('DELETE', '/api/v1/admin/maintenance', { token: tokens.adminKey });
          const type = reply.headers.get('content-type') ?? '';
          expect(reply.status, `${method} ${filled} ${reply.text}`).toBeLessThan(500);
          const wrong =
            reply.status === 304 ? undefined : refuseAnswer(operation, reply.status, type, reply.text);
          expect(
            wrong,
            `${method} ${filled}?${search.toString()} ${JSON.stringify(body)} ${reply.text.slice(0, 300)}`,
          ).toBeUndefined();
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    }
  });

  it('never fails on signs that no database holds, in a path, a query or a body', async () => {
    for (const { path, method, operation } of operations()) {
      if (path === '/changes' || /^.(?:logout|sessions)$/.test(path)) continue;
      const schema = operation.requestBody?.content['application/json'].schema;
      for (const [inAddress, inBody] of [
        ['a%00b', 'a\0b@example.org'],
        ['%ED%A0%80', 'https://example.org/\ud800'],
      ] as const) {
        const query = operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name);
        const at = `/api/v1${path.replaceAll(/\{\w+\}/g, inAddress)}?${query.map((name) => `${name}=${inAddress}`).join('&')}`;
        const body = { ...(sampleOf(schema, inBody) as object), on: false };
        const token = tokens.adminKey;
        const reply = await rest.ask(method, at, { token, ...(method === 'GET' ? {} : { body }) });
        expect(reply.status, `${method} ${at} ${reply.text}`).toBeLessThan(500);
      }
    }
  });
});

/** Something that a schema takes, with this text wherever it may stand. */
function sampleOf(schema: Schema | undefined, text: string): unknown {
  const named = typeof schema?.['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined;
  const known = named === undefined ? schema : document.components.schemas[named];
  const [first] = (known?.['anyOf'] ?? known?.['oneOf'] ?? []) as Schema[];
  if (first !== undefined) return sampleOf(first, text);
  if (Array.isArray(known?.['enum'])) return known['enum'][0] as unknown;
  switch (known?.['type']) {
    case 'object':
      return Object.fromEntries(
        Object.entries((known['properties'] ?? {}) as Record<string, Schema>).map(([name, of]) => [
          name,
          sampleOf(of, text),
        ]),
      );
    case 'array':
      return [sampleOf(known['items'] as Schema, text)];
    case 'integer':
    case 'number':
      return Math.max(1, Number(known['minimum'] ?? 1));
    case 'boolean':
      return true;
    default:
      return known?.['format'] === 'date-time' ? '2026-11-01T00:00:00Z' : text;
  }
}
