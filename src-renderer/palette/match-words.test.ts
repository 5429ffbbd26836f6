import { expect, it } from 'vitest';
import { matchWords } from './match-words.ts';

const best = (typed: string, ...lines: readonly string[]) =>
  lines.toSorted((a, b) => matchWords(b, typed) - matchWords(a, typed))[0];

it('a line fits that holds every typed word, in any case and order, with accents or without', () => {
  expect(matchWords('Search the archive', 'ARCH sea')).toBeGreaterThan(0);
  expect(matchWords('Szenen: São Paulo', 'sao')).toBeGreaterThan(0);
  expect(matchWords('Search the archive', 'archive now')).toBe(0);
  expect(matchWords('Search the archive', '')).toBe(1);
});

it('letters that lie scattered over a line are no match', () => {
  const row = 'row cam231 Camera 231 at the corner of 37th street Check now whether it is live';
  expect(matchWords(row, 'archive')).toBe(0);
});

it('what begins a word comes before what is inside of one, and words that stand together before others', () => {
  expect(best('mute', 'Unmute it', 'Mute everything')).toBe('Mute everything');
  expect(best('new wall', 'A wall that is new', 'A new wall')).toBe('A new wall');
});
