import { describe, expect, it } from 'vitest';
import { readPreferences, writePreferences, type Preferences } from './preferences.ts';

const usual: Preferences = {
  theme: 'dark',
  hotkeys: {},
  columns: [],
  sort: null,
  savedFilters: [],
  welcomed: false,
};

describe('preferences', () => {
  it('are the usual ones where nothing was kept', () => {
    expect(readPreferences(null, usual)).toEqual({ preferences: usual, problems: [], rest: {} });
  });

  it('come back as they were written', () => {
    const liked: Preferences = { ...usual, theme: 'light', hotkeys: { undo: ['Ctrl+U'] }, welcomed: true };
    expect(readPreferences(writePreferences(liked, {}, []), usual).preferences).toEqual(liked);
  });

  it('a wrong or unknown value is pointed at, the usual one stands in, and what was kept is kept on', () => {
    const read = readPreferences('{"theme":"pink","future":[1],"welcomed":true}', usual);
    expect(read.preferences).toEqual({ ...usual, welcomed: true });
    expect(read.problems.map(({ name, value }) => [name, value])).toEqual([
      ['theme', '"pink"'],
      ['future', '[1]'],
    ]);
    expect(JSON.parse(writePreferences(read.preferences, read.rest, []))).toMatchObject({
      theme: 'pink',
      future: [1],
    });
    expect(JSON.parse(writePreferences({ ...usual, theme: 'light' }, read.rest, ['theme']))).toMatchObject({
      theme: 'light',
      future: [1],
    });
  });

  it.each(['', 'nonsense', '[]', '7', 'null'])('%j is pointed at and changes nothing', (text) => {
    const read = readPreferences(text, usual);
    expect(read.preferences).toEqual(usual);
    expect(read.problems).toHaveLength(1);
  });
});
