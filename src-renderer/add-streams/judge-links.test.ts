import { expect, it } from 'vitest';
import { judgeLinks } from './judge-links.ts';

it('links are found in any text, each once, and the others are refused with a reason', () => {
  const text = `Look at https://www.twitch.tv/woo, and (https://twitch.tv/woo)
    https://kick.com/abq! also https://media.example.org/live/cam.m3u8?x=1 but not https://news.example.org/story`;
  const { fresh, known, refused } = judgeLinks(text, () => false);
  expect(fresh.map(({ link }) => link)).toEqual([
    'https://www.twitch.tv/woo',
    'https://kick.com/abq',
    'https://media.example.org/live/cam.m3u8?x=1',
  ]);
  expect(known).toEqual([]);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.words).toMatch(/\w+ \w+/);
});

it('what is in the list already is told apart', () => {
  const { fresh, known } = judgeLinks('https://kick.com/abq https://kick.com/woo', (id) => id.length > 0);
  expect([fresh.length, known.length]).toEqual([0, 2]);
});

it('a text without links comes to nothing', () => {
  expect(judgeLinks('nothing here', () => false)).toEqual({ fresh: [], known: [], refused: [] });
});
