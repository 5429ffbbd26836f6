import { writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Link } from '#shared/model/stream.ts';
import type { FakeTab } from './test-fake-sheet.ts';
import { endAll, header, idOf, linkOf, row, setUp } from './test-sheet-sync.ts';

afterEach(endAll);

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
    fake.close();
    expect((await compare()).trouble).toBe('Google cannot be reached.');
  });

  it('[GS11] while it is switched off nothing is asked or written, and it says so; then it goes on at once', async () => {
    let words: string | undefined = 'An admin has switched this bot off.';
    const { fake, open, send, tab, view } = await setUp([header], undefined, {}, () => words);
    const { sync, next } = await open();
    await send({ type: 'add-stream', link: Link.parse(linkOf('ann')) });
    await next();
    expect([sync.state().trouble, sync.state().waiting]).toEqual([words, 1]);
    expect([fake.requests.length, view(linkOf('ann'))?.moderation]).toEqual([0, undefined]);
    words = undefined;
    sync.lookAgain();
    await expect.poll(() => sync.state().trouble).toBeUndefined();
    expect(tab().map((cells) => cells[5])).toContain(linkOf('ann'));
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
    expect(values()).toEqual(['https://www.twitch.tv/bad', 'mine', 'spammer']);
    expect([...replica.catalogue().locations.values()].map(({ city, region }) => [city, region])).toEqual([
      ['Portland', 'Oregon'],
    ]);
    fake.tabs.set('Discord User Ignorelist', [['User'], ['another']]);
    await compare();
    expect(values()).toEqual(['another', 'https://www.twitch.tv/bad', 'mine']);
    fake.tabs.delete('URL Ignorelist');
    await compare();
    expect(values()).toEqual(['another', 'https://www.twitch.tv/bad', 'mine']);
    fake.tabs.set('URL Ignorelist', [['URL']]);
    await compare();
    expect(values()).toEqual(['another', 'mine']);
  });
});
