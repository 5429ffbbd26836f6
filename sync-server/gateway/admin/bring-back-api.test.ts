import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestRest, type Json, type TestRest } from '../rest-v1/test-rest.ts';

let rest: TestRest;
let admin: string;
beforeAll(async () => {
  rest = await startTestRest();
  admin = await rest.person('ana@example.org', 'admin');
});
afterAll(() => rest.end());

const CATALOGUE = '/admin/documents/catalogue';
async function ask(method: string, path: string, body?: unknown, token = admin) {
  return rest.ask(method, `/api/v1${path}`, { token, ...(body === undefined ? {} : { body }) });
}
async function must(method: string, path: string, body?: unknown): Promise<Json> {
  const { status, text, json } = await ask(method, path, body);
  expect([path, status < 300 ? '' : text]).toEqual([path, '']);
  return json;
}
const lastNumber = async (): Promise<number> => {
  const documents = (await must('GET', '/admin/documents'))['documents'] ?? [];
  return Number(
    [...(documents as readonly Json[])].find((one) => String(one['name']) === 'catalogue')?.['last'],
  );
};
const lack = async (number: number, more = ''): Promise<Json> =>
  must('GET', `${CATALOGUE}/lack?number=${String(number)}${more}`);
const addStream = async (name: string, more: object = {}): Promise<string> => {
  const { stream } = await must('POST', '/streams', { link: `https://www.twitch.tv/${name}`, ...more });
  return String(stream?.['id']);
};
const titleOf = async (id: string): Promise<string> =>
  String((await must('GET', `/streams/${id}`))['stream']?.['title']);

const audited = async (action: string, after: object) =>
  expect
    .poll(async () => must('GET', `/admin/audit?action=${action}`))
    .toMatchObject({
      entries: expect.arrayContaining([
        expect.objectContaining({ target: 'catalogue', after: expect.objectContaining(after) as unknown }),
      ]) as unknown,
    });

describe('a catalogue is brought back', () => {
  it('with what is missing and what was changed, as new edits beside what was added later, and that is undone once', async () => {
    const { location } = await must('POST', '/locations', {
      location: { city: 'Portland', state_province: 'OR' },
    });
    const { streamer } = await must('POST', '/streamers', { streamer: { name: 'Woo', notes: 'kind' } });
    const { ignore_list: rule } = await must('POST', '/ignore_lists', {
      ignore_list: { list_type: 'domain', value: 'spam.example.org' },
    });
    const woo = await addStream('woo', { title: 'Woo', notes: 'north side', streamer_id: streamer?.['id'] });
    const two = await addStream('two', { title: 'Two' });
    const { timestamp: event } = await must('POST', '/timestamps', {
      timestamp: { title: 'It began', event_timestamp: '2026-11-22T20:00:00Z' },
    });
    await must('POST', `/timestamps/${String(event?.['id'])}/streams`, { stream_id: Number(woo) });
    const moment = await lastNumber();

    await ask('DELETE', `/streams/${woo}`);
    await ask('DELETE', `/locations/${String(location?.['id'])}`);
    await ask('DELETE', `/streamers/${String(streamer?.['id'])}`);
    await ask('DELETE', `/ignore_lists/${String(rule?.['id'])}`);
    await ask('DELETE', `/timestamps/${String(event?.['id'])}`);
    await must('PATCH', `/streams/${two}`, { title: 'spoilt', status: 'live' });
    const later = await addStream('later', { title: 'Later' });

    const seen = await lack(moment);
    expect(seen['counts']).toMatchObject({
      streams: { missing: 1, changed: 1, archived: 0, added: 1 },
      streamers: { missing: 1, changed: 0 },
      locations: { missing: 1 },
      events: { missing: 1 },
      ignore: { missing: 1 },
    });
    expect((await lack(moment, '&search=two'))['found']).toMatchObject([
      { kind: 'streams', name: 'Two', what: 'changed', fields: ['title'] },
    ]);

    const done = await must('POST', `${CATALOGUE}/bring_back`, { number: moment });
    expect(done).toMatchObject({ done: 6, refused: [], refused_count: 0 });
    expect(Number(done['after'])).toBeGreaterThan(Number(done['before']));
    expect(await lack(moment)).toMatchObject({ found: [], found_count: 0 });
    expect((await must('GET', `/streams/${woo}`))['stream']).toMatchObject({
      ...{ title: 'Woo', notes: 'north side', streamer: { name: 'Woo' } },
    });
    // What the world did since stays, and so does what was added.
    expect((await must('GET', `/streams/${two}`))['stream']).toMatchObject({ title: 'Two', status: 'live' });
    expect(await titleOf(later)).toBe('Later');
    expect((await must('GET', `/timestamps/${String(event?.['id'])}`))['timestamp']).toMatchObject({
      streams: [{ stream_id: Number(woo) }],
    });

    await must('PATCH', `/streams/${woo}`, { title: 'Woo, edited since' });
    const undone = await must('POST', `${CATALOGUE}/take_back`, {
      before: done['before'],
      after: done['after'],
    });
    expect(undone).toMatchObject({ done: 5, refused: [] });
    expect(await titleOf(two)).toBe('spoilt');
    expect(await titleOf(woo)).toBe('Woo, edited since');
    expect((await ask('GET', `/locations/${String(location?.['id'])}`)).status).toBe(404);
  });

  it('some at a time, and the history and the audit name who did it', async () => {
    const [one, other] = [await addStream('chosen'), await addStream('unchosen')];
    const moment = await lastNumber();
    for (const id of [one, other]) await ask('DELETE', `/streams/${id}`);
    const found = (await lack(moment, '&kind=streams&what=missing&search=twitch.tv/chosen'))['found'];
    const only = [...(found ?? [])].map(({ kind, id }) => ({ kind, id }));
    expect(only.length).toBe(1);
    const done = await must('POST', `${CATALOGUE}/bring_back`, { number: moment, only });
    expect(done).toMatchObject({ done: 1 });
    expect((await ask('GET', `/streams/${one}`)).status).toBe(200);
    expect((await ask('GET', `/streams/${other}`)).status).toBe(404);
    expect(await must('GET', `${CATALOGUE}/history?limit=1`)).toMatchObject({
      entries: [{ number: done['after'], name: 'ana', actor: expect.stringMatching(/^user:/) as unknown }],
    });
    await audited('admin.brought-back', { number: moment, done: 1 });
  });

  it('remembered by whom and for whom, and undone later by another admin, without what its author did meanwhile', async () => {
    const ids = [await addStream('undone', { title: 'Undone' }), await addStream('meanwhile')];
    const moment = await lastNumber();
    await ask('DELETE', `/streams/${String(ids[0])}`);
    const found = (await lack(moment, '&what=missing&search=undone'))['found'] ?? [];
    const only = [...found].map(({ kind, id }) => ({ kind, id }));
    const { before } = await must('POST', `${CATALOGUE}/bring_back`, { number: moment, only });
    await must('PATCH', `/streams/${String(ids[1])}`, { title: 'edited meanwhile' });
    // As if that had been stored in between.
    const end = await lastNumber();
    await rest.store.sql?.query('UPDATE brought_back SET after = $1 WHERE before = $2', [
      end,
      Number(before),
    ]);

    const listed = async () => {
      const { json } = await ask('GET', `${CATALOGUE}/brought_back`);
      return (json['entries'] as unknown as readonly Json[])[0];
    };
    const entry = await listed();
    expect(entry).toMatchObject({
      ...{ number: moment, before, after: end, done: 1, refused_count: 0, may_undo: true, undone: null },
      ...{ name: 'ana', actor: expect.stringMatching(/^user:/) as unknown },
    });
    const berta = await rest.person('berta@example.org', 'admin');
    const undo = { before: entry?.['before'], after: entry?.['after'], actor: entry?.['actor'] };
    const undone = await ask('POST', `${CATALOGUE}/take_back`, undo, berta);
    expect([undone.status, undone.json['done']]).toEqual([200, 1]);
    expect((await ask('GET', `/streams/${String(ids[0])}`)).status).toBe(404);
    expect(await titleOf(String(ids[1]))).toBe('edited meanwhile');
    expect(await listed()).toMatchObject({ may_undo: false, undone: { name: 'berta', done: 1 } });
    await audited('admin.taken-back', { from: before, of: entry?.['actor'] });
    // Twice does nothing, and what another did is undone only where it was a bringing back.
    expect((await ask('POST', `${CATALOGUE}/take_back`, undo, berta)).json).toMatchObject({ done: 0 });
    const other = { ...undo, before: Number(undo.before) - 1 };
    expect((await ask('POST', `${CATALOGUE}/take_back`, other, berta)).status).toBe(404);
  });

  it('not for anybody but admins, not as nonsense, not of a wall, and not to before what is kept', async () => {
    const bodies = [
      {},
      { number: 0 },
      { number: 1, only: [] },
      { number: 1, only: [{ kind: 'walls', id: 'x' }] },
      { number: 'x' },
    ];
    for (const body of bodies) expect((await ask('POST', `${CATALOGUE}/bring_back`, body)).status).toBe(422);
    expect(
      await must('POST', `${CATALOGUE}/bring_back`, { number: 1, only: [{ kind: 'streams', id: '../..' }] }),
    ).toMatchObject({ done: 0 });
    expect((await ask('POST', `${CATALOGUE}/take_back`, { before: 9, after: 1 })).status).toBe(422);
    expect((await ask('GET', `${CATALOGUE}/lack?number=-1`)).status).toBe(422);
    expect((await ask('GET', '/admin/documents/wall%3Amain/lack?number=1')).status).toBe(409);
    expect((await ask('GET', '/admin/documents/elsewhere/snapshots')).status).toBe(404);
    expect((await ask('POST', '/admin/documents/wall%3Aempty/snapshots')).status).toBe(404);
    const operator = await rest.key('operator');
    for (const [method, path] of [
      ['GET', 'lack?number=1'],
      ['POST', 'bring_back'],
      ['POST', 'take_back'],
      ['GET', 'brought_back'],
      ['GET', 'snapshots'],
      ['POST', 'snapshots'],
    ] as const)
      expect(
        (await ask(method, `${CATALOGUE}/${path}`, method === 'GET' ? undefined : {}, operator)).status,
      ).toBe(403);
  });
});

describe('a snapshot', () => {
  it('is taken when asked for, is listed with its number, time and size, and is kept once', async () => {
    const last = await lastNumber();
    for (const round of [1, 2]) {
      const reply = await ask('POST', `${CATALOGUE}/snapshots`);
      expect([round, reply.status, Number(reply.json['number'])]).toEqual([round, 201, last]);
    }
    const { snapshots } = await must('GET', `${CATALOGUE}/snapshots`);
    const [first, ...others] = [...(snapshots ?? [])];
    expect(first).toMatchObject({ number: last, is_kept: true, at: expect.stringMatching(/^20/) as unknown });
    expect(Number(first?.['bytes'])).toBeGreaterThan(100);
    expect(others.filter((one) => Number(one['number']) === last)).toEqual([]);
    await audited('admin.snapshot-taken', { number: last });
    // What is read from it is what was there.
    expect(await lack(last)).toMatchObject({ found: [] });
  });
});
