import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../kernel/result.ts';
import type { StoreFailure } from './replica-store.ts';
import type { StreamArchive } from './stream-archive.ts';

export type ArchivePlace = {
  readonly open: () => Promise<StreamArchive>;
  readonly remove: () => void;
};

/** What every `StreamArchive` does. Titles carry the rules of SPEC.md. */
export function describeStreamArchive(name: string, createPlace: () => ArchivePlace): void {
  describe(`${name} as a stream archive`, () => {
    let place: ArchivePlace;
    let archive: StreamArchive;
    beforeEach(async () => {
      place = createPlace();
      archive = await place.open();
      value(await archive.put(RECORDS));
    });
    afterEach(() => place.remove());
    const find = async (text: string) => {
      const page = value(await archive.search({ text, offset: 0, limit: 50 }));
      expect(page.total).toBe(page.records.length);
      return page.records.map(({ id }) => id);
    };

    it('[R14] keeps records whole, the newer in place of the older', async () => {
      expect(value(await archive.get('a'))).toEqual(RECORDS[0]);
      expect(value(await archive.get('none'))).toBeUndefined();
      value(await archive.put([{ id: 'a', atMs: 40, record: { title: 'Renamed', deep: [{ x: null }] } }]));
      expect(value(await archive.get('a'))).toMatchObject({ atMs: 40, record: { title: 'Renamed' } });
      expect(value(await archive.count())).toBe(3);
      expect(await find('renamed')).toEqual(['a']);
      expect(await find('bridge')).toEqual([]);
    });

    it('[R14] finds words and beginnings of words in any field, whatever their case and accents, newest first', async () => {
      expect(await find('portland')).toEqual(['c', 'a']);
      expect(await find('PORT')).toEqual(['c', 'a']);
      expect(await find('sao paulo')).toEqual(['b']);
      expect(await find('São')).toEqual(['b']);
      expect(await find('twitch.tv/some_one')).toEqual(['a']);
      expect(await find('tag-two')).toEqual(['c']);
      expect(await find('東京')).toEqual(['c']);
      expect(await find('ortland')).toEqual([]);
      expect(await find('portland paulo')).toEqual([]);
      expect(await find('')).toEqual(['c', 'b', 'a']);
      expect(await find('   ')).toEqual(['c', 'b', 'a']);
    });

    it.each([
      '"',
      '*',
      'a" OR "b',
      "'; DROP TABLE archive; --",
      'NEAR(',
      '-',
      '\u0000',
      '^bridges',
      'record:x',
    ])('takes %j for words to look for, never for a query language', async (text) => {
      expect(await find(text)).toEqual([]);
      expect(value(await archive.count())).toBe(3);
    });

    it('finds what was retired in a time, with or without words', async () => {
      const within = async (text: string, fromMs?: number, untilMs?: number) => {
        const times = {
          ...(fromMs === undefined ? {} : { fromMs }),
          ...(untilMs === undefined ? {} : { untilMs }),
        };
        const page = value(await archive.search({ text, offset: 0, limit: 50, ...times }));
        expect(page.total).toBe(page.records.length);
        return page.records.map(({ id }) => id);
      };
      expect(await within('', 20)).toEqual(['c', 'b']);
      expect(await within('', 10, 30)).toEqual(['b', 'a']);
      expect(await within('portland', undefined, 30)).toEqual(['a']);
      expect(await within('portland', 31)).toEqual([]);
    });

    it('hands out pages of what was found, and bounds them', async () => {
      const page = async (offset: number, limit: number) =>
        value(await archive.search({ text: '', offset, limit })).records.map(({ id }) => id);
      expect(await page(0, 2)).toEqual(['c', 'b']);
      expect(await page(2, 2)).toEqual(['a']);
      expect(await page(9, 2)).toEqual([]);
      expect(await page(-5, 0)).toEqual(['c']);
      expect(await page(0, 1e9)).toHaveLength(3);
    });

    it('takes records of any shape, however hostile', async () => {
      let nested: { x: unknown } | string = 'bottom';
      for (let depth = 0; depth < 500; depth += 1) nested = { x: nested };
      const long = 'z'.repeat(100_000);
      const record: unknown = JSON.parse(
        `{"__proto__": "proto", "nested": ${JSON.stringify(nested)}, "long": "${long}"}`,
      );
      value(await archive.put([{ id: 'h', atMs: 1, record: record as never }]));
      expect(await find('proto')).toEqual(['h']);
      expect(await find('zzzz')).toEqual(['h']);
      expect(JSON.stringify(value(await archive.get('h'))?.record)).toBe(JSON.stringify(record));
    });
  });
}

const RECORDS = [
  {
    id: 'a',
    atMs: 10,
    record: { link: 'https://twitch.tv/some_one', title: 'On the bridge', city: 'Portland', viewers: 12 },
  },
  { id: 'b', atMs: 20, record: { title: 'Direto de São Paulo', platform: 'youtube', pinned: true } },
  { id: 'c', atMs: 30, record: { city: 'Portland', tags: ['tag-one', 'tag-two'], notes: '東京 live' } },
];

function value<T>(result: Result<T, StoreFailure>): T {
  if (!result.ok) throw new Error(`the archive answered ${result.error.reason}: ${result.error.words}`);
  return result.value;
}
