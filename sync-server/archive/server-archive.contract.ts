import { describe, expect, it } from 'vitest';
import type { ServerArchive } from './server-archive.ts';

const past = (title: string) => ({
  births: ['0mhzyabc00aaaaaaaa'],
  fields: { title: { value: title, stamp: '0mhzyabc00aaaaaaaa' } },
});

/** What a server's archive promises beyond what every archive does. */
export function describeServerArchive(name: string, open: () => Promise<ServerArchive>): void {
  describe(`server archive: ${name}`, () => {
    it('[S29] finds the pasts of those that have one, and remembers whom they were given to until they retire again', async () => {
      const archive = await open();
      await archive.put([
        { id: 'streams/a', atMs: 1, record: past('A') },
        { id: 'streams/b', atMs: 2, record: { title: 'of another shape' } },
      ]);
      const find = async () => {
        const found = await archive.findPasts(['streams/a', 'streams/b', 'streams/none']);
        return found.ok ? [...found.value] : found.error.words;
      };
      expect(await find()).toEqual([['streams/a', { atMs: 1, record: past('A'), givenTo: [] }]]);
      await archive.noteGiven('streams/a', ['one', 'two']);
      await archive.noteGiven('streams/a', ['three']);
      await archive.noteGiven('streams/none', ['four']);
      expect(await find()).toEqual([
        ['streams/a', { atMs: 1, record: past('A'), givenTo: ['one', 'two', 'three'] }],
      ]);
      await archive.put([{ id: 'streams/a', atMs: 3, record: past('Again') }]);
      expect(await find()).toEqual([['streams/a', { atMs: 3, record: past('Again'), givenTo: [] }]]);
      expect(await archive.findPasts([])).toEqual({ ok: true, value: new Map() });
    });
  });
}
