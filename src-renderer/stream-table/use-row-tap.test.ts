import { expect, it } from 'vitest';
import { isTap } from './use-row-tap.ts';

const began = { x: 100, y: 100, atMs: 1_000 };

it('a finger taps that is soon up again where it came down; one that moved on or rests does something else', () => {
  expect(isTap(began, { x: 103, y: 98, atMs: 1_080 })).toBe(true);
  expect(isTap(began, { x: 100, y: 140, atMs: 1_080 })).toBe(false);
  expect(isTap(began, { x: 100, y: 100, atMs: 1_300 })).toBe(false);
});
