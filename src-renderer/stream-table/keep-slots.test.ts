import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StreamId } from '#shared/model/ids.ts';
import { streamId } from '../wall-grid/sample-wall.ts';
import { createKeptSlots } from './keep-slots.ts';

const rows = (letters: string): readonly StreamId[] => [...letters].map(streamId);

it('a row that stays keeps its slot, and one that comes gets the slot of one that left', () => {
  const keep = createKeptSlots();
  expect([...keep(rows('abc')).values()]).toEqual([0, 1, 2]);
  const scrolled = keep(rows('bcd'));
  expect(rows('bcd').map((row) => scrolled.get(row))).toEqual([1, 2, 0]);
});

it('whatever is scrolled to, every row has a slot of its own and there are no more slots than rows', () => {
  const page = fc.uniqueArray(fc.constantFrom(...'abcdefghij'.split('')), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(page, { maxLength: 10 }), (pages) => {
      const keep = createKeptSlots();
      const most = Math.max(0, ...pages.map(({ length }) => length));
      for (const letters of pages) {
        const slots = keep(rows(letters.join('')));
        expect(slots.size).toBe(letters.length);
        expect(new Set(slots.values()).size).toBe(letters.length);
        for (const slot of slots.values()) expect(slot).toBeLessThan(most);
      }
    }),
  );
});
