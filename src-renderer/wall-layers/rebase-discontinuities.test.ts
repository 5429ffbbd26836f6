import { expect, it } from 'vitest';
import { createDiscontinuityRebase } from './rebase-discontinuities.ts';

const playlist = (number: string) => `#EXTM3U\n#EXT-X-DISCONTINUITY-SEQUENCE:${number}\n#EXTINF:2,\na.ts\n`;
const numberIn = (text: string) => Number(/SEQUENCE:(\d+)/.exec(text)?.[1]);

it('a channel that has run for years counts from about where one began to look, one by one', () => {
  const rebase = createDiscontinuityRebase();
  const first = numberIn(rebase(playlist('224421126')));
  expect(first).toBeLessThan(1000);
  expect(numberIn(rebase(playlist('224421127')))).toBe(first + 1);
});

it('a rendition that lags behind keeps its distance', () => {
  const rebase = createDiscontinuityRebase();
  const first = numberIn(rebase(playlist('5000')));
  expect(numberIn(rebase(playlist('4998')))).toBe(first - 2);
});

it.each(['4294967295', '99999999999999999999'])('a jump to %s stays small', (number) => {
  const rebase = createDiscontinuityRebase();
  rebase(playlist('0'));
  expect(numberIn(rebase(playlist(number)))).toBeLessThanOrEqual(10_000);
});

it('a playlist without such a number is left as it is', () => {
  const text = '#EXTM3U\n#EXTINF:2,\na.ts\n';
  expect(createDiscontinuityRebase()(text)).toBe(text);
});
