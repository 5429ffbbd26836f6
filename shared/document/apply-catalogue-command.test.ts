import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { applyCatalogueCommand } from './apply-catalogue-command.ts';
import { CatalogueCommand } from './command.ts';
import { NEEDS_KEY } from './document-version.ts';
import { MAX_DOCUMENT_BYTES } from './limits.ts';
import { planCatalogue } from './plan-catalogue.ts';
import { createCatalogueDesk, type CatalogueDesk, idOf, meetCatalogues } from './test-catalogue.ts';
import { TEST_NOW } from './test-desk.ts';

const LINK = 'https://www.twitch.tv/unicornriot';
const ID = idOf(LINK);

let time: { nowMs: number };
let a: CatalogueDesk;
let bot: CatalogueDesk;

beforeEach(() => {
  time = { nowMs: TEST_NOW };
  a = createCatalogueDesk('a', { time });
  bot = createCatalogueDesk('z', { time, actor: 'service:bot' });
});

const add = (fields = {}, link = LINK) => ({ type: 'add-stream', link, fields });
const edit = (changes: object) => ({ type: 'edit-stream', id: ID, changes });
const status = (to: string, more = {}) => ({ type: 'set-stream-status', id: ID, status: to, ...more });
const refusal = (desk: CatalogueDesk, command: unknown) => {
  const before = Y.encodeStateVector(desk.doc);
  const result = desk.try(command);
  expect(Y.encodeStateVector(desk.doc)).toEqual(before);
  return result.ok ? 'taken' : result.error.reason;
};

describe('adding a stream', () => {
  it('[C10] takes any way to write a link, and knows platform, code, author and time', () => {
    a.do(add({ title: 'March' }, 'twitch.tv/UnicornRiot/?x=1'.replace(/^/, 'https://m.')));
    expect(a.stream(LINK)).toEqual({
      id: ID,
      link: LINK,
      platform: 'twitch',
      kind: 'video',
      code: 'uni',
      title: 'March',
      status: 'unknown',
      addedAt: TEST_NOW,
      addedBy: 'user:a',
    });
    expect(a.view().byCode('uni' as never)).toBe(ID);
  });

  it('[C10] of a link that is there brings it up to date: a person replaces, a program fills in', () => {
    a.do(add({ title: 'by a person' }));
    meetCatalogues(a, bot);
    bot.do(add({ title: 'by a program', city: 'Oslo', status: 'live' }));
    expect(bot.stream(LINK)).toMatchObject({ title: 'by a person', city: 'Oslo', status: 'live' });
    a.do(add({ title: 'again' }));
    expect(a.stream(LINK)).toMatchObject({ title: 'again' });
    expect(refusal(a, add({ title: 'again' }))).toBe('unchanged');
  });

  it('brings back what was put away', () => {
    a.do(add());
    a.do(edit({ archived: true }));
    expect(a.stream(LINK)).toMatchObject({ archived: true });
    a.do(add());
    expect(a.stream(LINK)).not.toHaveProperty('archived');
  });

  it('of what is no stream is refused in words', () => {
    expect(refusal(a, add({}, 'https://user:secret@www.twitch.tv/x'))).toBe('invalid');
  });

  it('by a program is refused when an ignore rule speaks of the link or its host; a person may', () => {
    a.do({ type: 'add-ignore', list: 'url', value: 'https://www.twitch.tv/unicornriot/' });
    a.do({ type: 'add-ignore', list: 'domain', value: 'WWW.Example.com' });
    meetCatalogues(a, bot);
    expect(refusal(bot, add())).toBe('forbidden');
    expect(refusal(bot, add({}, 'https://cams.example.com/one.m3u8'))).toBe('forbidden');
    bot.do(add({}, 'https://notexample.com/one.m3u8'));
    a.do(add());
  });

  it('gives every stream a code of its own, also when many are called alike', () => {
    for (let i = 0; i < 30; i++) a.do(add({ label: 'Bridge' }, `https://www.twitch.tv/cam_${i}`));
    const codes = [...a.view().streams.values()].map(({ code }) => code);
    expect(new Set(codes).size).toBe(30);
    expect(
      refusal(a, { type: 'edit-stream', id: idOf('https://www.twitch.tv/cam_1'), changes: { code: 'bri' } }),
    ).toBe('invalid');
  });
});

describe('editing a stream', () => {
  beforeEach(() => void a.do(add({ title: 'old', tags: ['x'] })));

  it('sets and clears fields, and says nothing where nothing changes', () => {
    a.do(edit({ title: null, tags: ['y', 'z'], latitude: 59.9, pinned: true }));
    expect(a.stream(LINK)).toMatchObject({ tags: ['y', 'z'], latitude: 59.9, pinned: true });
    expect(a.stream(LINK)).not.toHaveProperty('title');
    expect(refusal(a, edit({ title: null, pinned: true }))).toBe('unchanged');
    expect(refusal(a, edit({ code: null }))).toBe('invalid');
    expect(refusal(a, { type: 'edit-stream', id: 'nobody', changes: { title: 'x' } })).toBe('not-found');
  });

  it('repairs text with half a character, which would read differently elsewhere', () => {
    const b = createCatalogueDesk('b', { time });
    a.do(edit({ title: 'wall \ud83d', notes: '😀' }));
    meetCatalogues(a, b);
    expect(a.stream(LINK)).toMatchObject({ title: 'wall \ufffd', notes: '😀' });
    expect(b.stream(LINK)).toEqual(a.stream(LINK));
  });

  it('[C13] of its status goes the way of any status', () => {
    a.do(edit({ status: 'live', statusReason: 'on site' }));
    expect(a.stream(LINK)).toMatchObject({ status: 'live', statusBy: 'user:a', statusReason: 'on site' });
    a.do(edit({ statusReason: null }));
    expect(a.stream(LINK)).toMatchObject({ status: 'live' });
    expect(a.stream(LINK)).not.toHaveProperty('statusReason');
    a.do(edit({ manualUntil: TEST_NOW + 1000 }));
    expect(a.stream(LINK)).toMatchObject({ status: 'live', manualUntil: TEST_NOW + 1000 });
    a.do(edit({ manualUntil: null }));
    expect(a.stream(LINK)).not.toHaveProperty('manualUntil');
  });
});

describe('[C13] a status', () => {
  beforeEach(() => void a.do(add()));

  it('is written when it changes, with when and by whom, and not when it only ticks', () => {
    a.do(status('live'));
    time.nowMs += 1000;
    expect(refusal(a, status('live'))).toBe('unchanged');
    expect(a.stream(LINK)).toMatchObject({
      status: 'live',
      statusAt: TEST_NOW,
      statusBy: 'user:a',
      startedAt: TEST_NOW,
      lastLiveAt: TEST_NOW,
    });
    a.do(status('offline', { reason: 'ended' }));
    expect(a.stream(LINK)).toMatchObject({
      statusReason: 'ended',
      endedAt: TEST_NOW + 1000,
      lastLiveAt: TEST_NOW + 1000,
    });
  });

  it('that flickers does not begin a broadcast anew; after half an hour it does', () => {
    a.do(status('live'));
    time.nowMs += 10 * 60_000;
    a.do(status('offline'));
    time.nowMs += 60_000;
    a.do(status('live'));
    expect(a.stream(LINK)).toMatchObject({ startedAt: TEST_NOW });
    expect(a.stream(LINK)).not.toHaveProperty('endedAt');
    a.do(status('unknown'));
    expect(a.stream(LINK)).not.toHaveProperty('endedAt');
    a.do(status('gone'));
    time.nowMs += 31 * 60_000;
    a.do(status('live'));
    expect(a.stream(LINK)).toMatchObject({ startedAt: time.nowMs });
  });

  it('set by a person without a time gives way to the next check', () => {
    a.do(status('live', { manualUntil: TEST_NOW + 1000 }));
    a.do(status('offline'));
    expect(a.stream(LINK)).not.toHaveProperty('manualUntil');
    meetCatalogues(a, bot);
    bot.do(status('live'));
    expect(bot.stream(LINK)).toMatchObject({ status: 'live', statusBy: 'service:bot' });
  });
});

describe('[C12] streams that are one', () => {
  const OTHER = 'https://kick.com/other';

  it('are edited, checked and removed as one', () => {
    a.do(add({ notes: 'n1', pinned: true }));
    time.nowMs += 1;
    a.do(add({ notes: 'n2', title: 'second' }, OTHER));
    a.do({ type: 'put-event', id: 'e', title: 'Event', at: 1 });
    a.do({ type: 'link-event', id: 'e', stream: idOf(OTHER), offsetSeconds: 3 });
    a.do({ type: 'continue-stream', id: idOf(OTHER), continues: ID });
    expect(refusal(a, { type: 'continue-stream', id: ID, continues: idOf(OTHER) })).toBe('unchanged');
    expect(a.view().events.get('e' as never)!.streams).toEqual({
      [ID]: { offsetSeconds: 3, addedBy: 'user:a' },
    });
    a.do({ type: 'edit-stream', id: idOf(OTHER), changes: { notes: 'both', pinned: false, title: null } });
    a.do({ type: 'set-stream-status', id: ID, status: 'live' });
    expect([...a.view().streams.values()]).toMatchObject([
      {
        id: ID,
        link: OTHER,
        platform: 'kick',
        notes: 'both',
        pinned: false,
        status: 'live',
        addedAt: TEST_NOW,
      },
    ]);
    expect(a.stream(LINK)).not.toHaveProperty('title');
    a.do({ type: 'unlink-event', id: 'e', stream: ID });
    expect(a.view().events.get('e' as never)!.streams).toEqual({});
    a.do({ type: 'remove-stream', id: idOf(OTHER) });
    expect(a.view().streams.size).toBe(0);
    expect(a.projection.stored('streams', ID)).toBeUndefined();
  });

  it('can be told apart again, and a stream cannot continue itself or nothing', () => {
    a.do(add());
    a.do(add({}, OTHER));
    a.do({ type: 'continue-stream', id: idOf(OTHER), continues: ID });
    a.do({ type: 'edit-stream', id: idOf(OTHER), changes: { continues: null } });
    expect(a.view().streams.size).toBe(2);
    expect(refusal(a, { type: 'continue-stream', id: ID, continues: ID })).toBe('invalid');
    expect(refusal(a, { type: 'continue-stream', id: ID, continues: 'nobody' })).toBe('not-found');
  });
});

describe('the other things of a catalogue', () => {
  it('are put, changed where they differ, and removed', () => {
    const fields = {
      name: 'Ann',
      notes: 'n',
      accounts: [{ platform: 'twitch', username: 'Ann', active: true }],
      priority: 3,
    };
    a.do({ type: 'put-streamer', id: 's', fields });
    expect(refusal(a, { type: 'put-streamer', id: 's', fields })).toBe('unchanged');
    const other = {
      platform: 'youtube',
      username: 'UCx',
      active: false,
      profileUrl: 'https://youtube.com/@ann',
    };
    a.do({ type: 'put-streamer', id: 's', fields: { name: 'Ann B', accounts: [other] } });
    expect(a.view().streamers.get('s' as never)).toEqual({
      id: 's',
      name: 'Ann B',
      accounts: [other],
      addedBy: 'user:a',
      addedAt: TEST_NOW,
    });
    a.do({ type: 'put-location', id: 'l', fields: { city: 'Oslo', latitude: 59.9, known: true } });
    expect(a.view().locations.get('l' as never)).toMatchObject({ city: 'Oslo', latitude: 59.9, known: true });
    for (const [type, id] of [
      ['remove-streamer', 's'],
      ['remove-location', 'l'],
    ]) {
      a.do({ type, id });
      expect(refusal(a, { type, id })).toBe('not-found');
    }
  });

  it('[C10] an ignore rule is one however it is written', () => {
    a.do({ type: 'add-ignore', list: 'domain', value: ' WWW.Bad.example ' });
    expect(refusal(a, { type: 'add-ignore', list: 'domain', value: 'https://bad.example/x' })).toBe(
      'unchanged',
    );
    a.do({ type: 'add-ignore', list: 'domain', value: 'bad.example', notes: 'spam' });
    expect([...a.view().ignore.values()]).toMatchObject([
      { type: 'domain', value: 'bad.example', notes: 'spam' },
    ]);
    a.do({ type: 'remove-ignore', id: [...a.view().ignore.values()][0]!.id });
    expect(a.view().ignore.size).toBe(0);
  });

  it('walls are listed, renamed, put away and brought back', () => {
    a.do({ type: 'create-wall', id: 'w', name: 'Main' });
    expect(refusal(a, { type: 'create-wall', id: 'w', name: 'Again' })).toBe('unchanged');
    a.do({ type: 'rename-wall', id: 'w', name: 'Night' });
    a.do({ type: 'archive-wall', id: 'w', archived: true });
    expect(a.view().walls.get('w' as never)).toMatchObject({
      name: 'Night',
      archived: true,
      addedBy: 'user:a',
    });
    expect(refusal(a, { type: 'rename-wall', id: 'x', name: 'Night' })).toBe('not-found');
  });

  it('events say where they are to be seen', () => {
    a.do({ type: 'put-event', id: 'e', title: 'A fire', description: 'd', at: 5 });
    a.do({ type: 'link-event', id: 'e', stream: ID, offsetSeconds: 3 });
    a.do({ type: 'link-event', id: 'e', stream: ID, offsetSeconds: 4 });
    expect(refusal(a, { type: 'link-event', id: 'e', stream: ID, offsetSeconds: 4 })).toBe('unchanged');
    a.do({ type: 'link-event', id: 'e', stream: '__proto__' });
    const { streams } = a.view().events.get('e' as never)!;
    expect(Object.keys(streams).sort()).toEqual([ID, '__proto__'].sort());
    expect(refusal(a, { type: 'link-event', id: 'x', stream: ID })).toBe('not-found');
  });
});

describe('limits and versions', () => {
  it('[C6] nothing is added beyond the limit of a root or to a document that is too big', () => {
    const parsed = CatalogueCommand.parse(add());
    const full = { ...a.projection, count: () => 20_000 };
    expect(planCatalogue(full, parsed, a.context())).toMatchObject({ ok: false, error: { reason: 'limit' } });
    const context = { ...a.context(), documentBytes: MAX_DOCUMENT_BYTES + 1 };
    expect(applyCatalogueCommand(a.doc, a.projection, parsed, context)).toMatchObject({
      error: { reason: 'limit' },
    });
    a.do(add());
    const removal = CatalogueCommand.parse({ type: 'remove-stream', id: ID });
    expect(applyCatalogueCommand(a.doc, a.projection, removal, context).ok).toBe(true);
  });

  it('[C6] what is longer than its field is no command', () => {
    expect(() => a.do(edit({ title: 'x'.repeat(501) }))).toThrow();
    expect(() => a.do(edit({ tags: Array(51).fill('x') }))).toThrow();
    expect(() => a.do(edit({ unheard: 'of' }))).toThrow();
  });

  it('[C7] a document that needs a newer program is read and not written to, and says which version it needs', () => {
    a.do(add());
    a.doc.getMap('meta').set(NEEDS_KEY, 3);
    expect(a.stream(LINK)).toBeDefined();
    expect(a.try(edit({ title: 'x' }))).toMatchObject({
      ok: false,
      error: { reason: 'too-old', message: expect.stringContaining('version 3') },
    });
  });
});
