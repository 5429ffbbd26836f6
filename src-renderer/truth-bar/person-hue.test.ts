import { expect, it } from 'vitest';
import { personHue } from './person-hue.ts';

it('everybody has one of eight colours, the same each time', () => {
  const names = Array.from({ length: 200 }, (_, index) => `Person ${String(index)}`);
  const hues = names.map(personHue);
  expect(new Set(hues).size).toBe(8);
  expect(Math.max(...hues)).toBeLessThan(8);
  expect(names.map(personHue)).toEqual(hues);
});
