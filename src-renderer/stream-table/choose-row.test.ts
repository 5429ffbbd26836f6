import { expect, it } from 'vitest';
import { chosenRow } from './choose-row.ts';

it('keys lead through the rows and stop at both ends', () => {
  expect(chosenRow('ArrowDown', -1, 5, 3, false)).toBe(0);
  expect(chosenRow('ArrowDown', 4, 5, 3, false)).toBe(4);
  expect(chosenRow('ArrowUp', 0, 5, 3, false)).toBe(0);
  expect(chosenRow('ArrowUp', -1, 5, 3, false)).toBe(4);
  expect(chosenRow('PageDown', 3, 5, 3, false)).toBe(4);
  expect(chosenRow('PageUp', 2, 5, 3, false)).toBe(0);
});

it('in a field Home and End belong to the text', () => {
  expect(chosenRow('End', 0, 5, 3, false)).toBe(4);
  expect(chosenRow('Home', 4, 5, 3, true)).toBe(null);
});

it('an empty list has no rows, and other keys lead nowhere', () => {
  expect(chosenRow('ArrowDown', -1, 0, 3, false)).toBe(null);
  expect(chosenRow('a', 0, 5, 3, false)).toBe(null);
});
