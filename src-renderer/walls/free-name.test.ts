import { expect, it } from 'vitest';
import { WallId } from '#shared/model/ids.ts';
import { freeName } from './free-name.ts';

const walls = (...names: string[]) =>
  names.map((name, index) => ({ id: WallId.parse(`w${index}`), name, archived: false, addedAt: 0 }));

it('a name that no wall has is taken as it is', () => {
  expect(freeName('Main', walls('Other'))).toBe('Main');
});

it('a name that is taken is counted on from what it was, not from itself', () => {
  expect(freeName('Main', walls('Main'))).toBe('Main 2');
  expect(freeName('Main 2', walls('Main', 'Main 2'))).toBe('Main 3');
});

it('stays within what a wall’s name may be', () => {
  const long = 'x'.repeat(80);
  expect(freeName(long, walls(long)).length).toBeLessThanOrEqual(80);
});
