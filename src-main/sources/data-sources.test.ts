import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { linkOf, must, openTestReplica, streamOf } from '#shared/replica/test-replica.ts';
import { systemTimers } from '#shared/replica/sync-websocket.ts';
import { DataSources } from './data-sources.ts';
import { createSourceSettingsFile } from './source-settings-file.ts';

let server: Server;
let url: string;
let answer: { status: number; body: string };
beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/list.json`;
});
afterAll(() => server.close());

let folder: string;
let ends: (() => unknown)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamwall-sources-'));
  ends = [() => rmSync(folder, { recursive: true, force: true })];
  answer = { status: 200, body: '[]' };
});
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
});

async function openDesk() {
  const replica = await openTestReplica();
  let ids = 0;
  const open = (): DataSources => {
    const sources = new DataSources({
      replica,
      file: createSourceSettingsFile(join(folder, 'sources.json')),
      timers: systemTimers,
      fetch,
      nowMs: () => 1_000,
      newId: () => `s${String(++ids)}`,
    });
    ends.push(() => sources.close());
    return sources;
  };
  return { replica, sources: open(), open };
}

const list = (...entries: readonly object[]): string => JSON.stringify(entries);
const entry = (name: string, more: object = {}) => ({ link: linkOf(name), ...more });

it('a list at an address becomes streams, and what it corrects later is corrected', async () => {
  const { replica, sources } = await openDesk();
  answer.body = list(entry('woo', { label: 'Wo', city: 'Reno' }), { label: 'no link' });
  must(sources.add({ type: 'json-url', url, everySeconds: 3_600 }));
  await vi.waitFor(() => expect(sources.state()[0]?.health).toMatchObject({ type: 'well', leftOut: 1 }));
  const shown = () => replica.catalogue().streams.get(streamOf('woo'));
  expect(shown()).toMatchObject({ label: 'Wo', city: 'Reno' });
  answer.body = list(entry('woo', { label: 'Woo', city: 'Reno' }));
  must(sources.check('s1'));
  await vi.waitFor(() => expect(shown()).toMatchObject({ label: 'Woo' }));
});

it('what a person wrote stays, and nothing that a list says is a step of undo', async () => {
  const { replica, sources } = await openDesk();
  answer.body = list(entry('woo', { label: 'Woo' }));
  must(sources.add({ type: 'json-url', url, everySeconds: 3_600 }));
  await vi.waitFor(() => expect(sources.state()[0]?.health.type).toBe('well'));
  expect(await replica.undo()).toMatchObject({ ok: false });
  const changes = { label: 'By hand' };
  const command = { type: 'edit-stream', id: streamOf('woo'), changes } as const;
  must(await replica.send({ document: 'catalogue', command }));
  answer.body = list(entry('woo', { label: 'Other', notes: 'new' }));
  must(sources.check('s1'));
  const shown = () => replica.catalogue().streams.get(streamOf('woo'));
  await vi.waitFor(() => expect(shown()?.notes).toBe('new'));
  expect(shown()?.label).toBe('By hand');
});

it.each([
  ['an error', 500, 'x', 'The address answers with an error: 500.'],
  ['half a list', 200, '[{"link":', /no whole JSON/],
  ['nothing', 200, '', 'The list is empty.'],
])('a list that says %s takes nothing away and says what is wrong', async (_name, status, body, words) => {
  const { replica, sources } = await openDesk();
  answer.body = list(entry('woo'));
  must(sources.add({ type: 'json-url', url, everySeconds: 3_600 }));
  await vi.waitFor(() => expect(sources.state()[0]?.health.type).toBe('well'));
  answer = { status, body };
  must(sources.check('s1'));
  await vi.waitFor(() => expect(sources.state()[0]?.health.type).toBe('ill'));
  const matching: unknown = typeof words === 'string' ? words : expect.stringMatching(words);
  expect(sources.state()[0]?.health).toMatchObject({ words: matching, wellAtMs: 1_000 });
  expect(replica.catalogue().streams.has(streamOf('woo'))).toBe(true);
});

it('a TOML file is read again when it changes, and one that is gone is told', async () => {
  const { replica, sources } = await openDesk();
  const path = join(folder, 'streams.toml');
  must(sources.add({ type: 'toml-file', path }));
  await vi.waitFor(() =>
    expect(sources.state()[0]?.health).toMatchObject({ words: 'There is no such file now.' }),
  );
  writeFileSync(path, `[[streams]]\nlink = "${linkOf('woo')}"\nlabel = "Woo"\n`);
  must(sources.check('s1'));
  await vi.waitFor(() => expect(replica.catalogue().streams.has(streamOf('woo'))).toBe(true));
});

it('is kept over a start, followed once, and let go of', async () => {
  const { sources, open } = await openDesk();
  const settings = { type: 'json-url', url, everySeconds: 60 } as const;
  must(sources.add(settings));
  expect(sources.add(settings)).toMatchObject({ ok: false, error: { reason: 'unchanged' } });
  sources.close();
  const again = open();
  expect(again.state()).toMatchObject([{ id: 's1', settings }]);
  must(again.remove('s1'));
  expect(open().state()).toEqual([]);
});
