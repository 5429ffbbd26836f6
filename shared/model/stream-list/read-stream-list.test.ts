import { describe, expect, it } from 'vitest';
import { readStreamList, type StreamList } from './read-stream-list.ts';

function read(text: string): StreamList {
  const list = readStreamList(text);
  if (!list.ok) throw new Error(list.error);
  return list.value;
}
const links = (text: string) => read(text).streams.map(({ link }) => link);

describe('a list of streams', () => {
  it('is read from JSON: an array, or an object that holds one', () => {
    const entry = {
      link: 'https://www.twitch.tv/woo',
      label: 'Woo',
      state: 'NM',
      status: 'Live',
      orientation: 'V',
    };
    for (const whole of [[entry], { streams: [entry] }, { data: { streams: [entry] } }]) {
      const { form, streams } = read(JSON.stringify(whole));
      expect(form).toBe('json');
      expect(streams[0]?.fields).toEqual({
        label: 'Woo',
        region: 'NM',
        status: 'live',
        orientation: 'vertical',
      });
    }
  });

  it('is read from TOML as the original has it', () => {
    const { form, streams } = read(
      '# mine\n[[streams]]\nlink = "https://kick.com/abq"\nkind = "video"\n\n[[streams]]\nlink = "https://a.example/x.m3u8"\ncity = "Reno"\n',
    );
    expect(form).toBe('toml');
    expect(streams.map(({ fields }) => fields)).toEqual([{ kind: 'video' }, { city: 'Reno' }]);
  });

  it('is read from CSV, whatever the order, case and spelling of its columns', () => {
    const { form, streams } = read(
      'Label;Is Pinned;URL\nWoo;yes;https://www.twitch.tv/woo\n"A; B";;https://kick.com/abq\n',
    );
    expect(form).toBe('csv');
    expect(streams.map(({ fields }) => fields)).toEqual([{ label: 'Woo', pinned: true }, { label: 'A; B' }]);
  });

  it('is read from the storage file of the original', () => {
    const stored = { stateDoc: 'AAA', localStreamData: [{ link: 'https://kick.com/abq', kind: 'web' }] };
    expect(links(JSON.stringify(stored))).toHaveLength(1);
  });

  it('names each link once; what a later entry says completes the earlier', () => {
    const { streams } = read(
      JSON.stringify([
        { link: 'https://www.twitch.tv/woo', label: 'A', city: 'Reno' },
        { link: 'https://twitch.tv/WOO/', label: 'B' },
      ]),
    );
    expect(streams.map(({ fields }) => fields)).toEqual([{ label: 'B', city: 'Reno' }]);
  });

  it('leaves out what names no stream, and says where and why', () => {
    const { streams, refused } = read(
      JSON.stringify([{ link: 'ftp://x' }, 7, null, { label: 'no link' }, 'https://kick.com/abq']),
    );
    expect(streams).toHaveLength(1);
    expect(refused.map(({ at }) => at)).toEqual([1, 2, 3, 4]);
    for (const { words } of refused) expect(words).toMatch(/\w+ \w+/);
  });

  it('takes a stream without the fields that cannot be, and names those', () => {
    const [stream] = read(
      JSON.stringify([{ link: 'https://kick.com/abq', rotation: 45, city: 'Reno' }]),
    ).streams;
    expect(stream?.fields).toEqual({ city: 'Reno' });
    expect(stream?.left).toEqual(['rotation cannot be “45”']);
  });

  it.each(['', '   ', '{', '{"a":1}', '[[streams', 'just words', '{"streams":{}}', '[[streams]]\nlink='])(
    '%j is refused in a sentence',
    (text) => {
      const list = readStreamList(text);
      expect(list.ok).toBe(false);
      if (!list.ok) expect(list.error).toMatch(/\w+ \w+.*/);
    },
  );

  it('hostile names and values are only left out', () => {
    const { streams } = read(
      '[{"link":"https://kick.com/abq","__proto__":{"x":1},"constructor":"y","label":{"a":1}}]',
    );
    expect(streams[0]?.fields).toEqual({});
  });
});
