import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LayeredMap } from './layered-map.ts';

const key = fc.nat(12);
const round = fc.record({
  put: fc.array(fc.tuple(key, fc.string({ minLength: 1 })), { maxLength: 4 }),
  removed: fc.array(key, { maxLength: 3 }),
});

it('holds what a map holds that is changed in the same way, and says what is different from any before', () => {
  fc.assert(
    fc.property(fc.array(round, { maxLength: 12 }), (rounds) => {
      const plain = new Map([[1, 'one']]);
      const all = [LayeredMap.of<number, string>(plain)];
      for (const { put, removed } of rounds) {
        for (const [name, value] of put) plain.set(name, value);
        for (const name of removed) plain.delete(name);
        const before = all.at(-1) ?? LayeredMap.of<number, string>([]);
        const next = before.with(put, removed);
        all.push(next);
        expect(next.size).toBe(plain.size);
        expect(new Map(next)).toEqual(plain);
        expect(new Set(next.keys())).toEqual(new Set(plain.keys()));
        expect([...next.values()].sort()).toEqual([...plain.values()].sort());
        for (const one of all) {
          const replayed = new Map(one);
          for (const { key: name, before: was, after } of next.changesFrom(one)) {
            expect(was).toBe(one.get(name));
            if (after === undefined) replayed.delete(name);
            else replayed.set(name, after);
          }
          expect(replayed).toEqual(plain);
        }
      }
    }),
  );
});

it('after many changes is still whole, and still says what is different from one long before', () => {
  const first = LayeredMap.of(
    Array.from({ length: 1000 }, (_, number) => [number, 'old'] as [number, string]),
  );
  let map = first;
  for (let number = 0; number < 600; number++) map = map.with([[number, 'new']], [999 - number]);
  expect(map.size).toBe(500);
  expect([...map.values()].every((value) => value === 'new')).toBe(true);
  expect(map.changesFrom(first)).toHaveLength(1000);
  expect(map.changesFrom(map)).toEqual([]);
});
