import { describe, expect, it } from 'vitest';
import { Place, whyNotFrom, writePlace } from './changes-place.ts';

const last = { number: 100, beside: 7, store: '0123456789abcdef' };
const judge = (text: string) => whyNotFrom(Place.parse(text), { last, oldest: 50 });

describe('a place among the changes', () => {
  it('is taken as it was told, as its two numbers, and as the first of them', () => {
    expect(writePlace(last)).toBe('100.7.0123456789abcdef');
    for (const text of [writePlace(last), '100.7', '100', '49', '0', '99.0'])
      expect(judge(text)).toBeUndefined();
  });

  it('is refused when its store never told it', () => {
    for (const text of ['101', '999999999999999', '100.8', '100.7.another', '0.0.another'])
      expect([text, judge(text)]).toEqual([text, 'never-told']);
  });

  it('is refused when what followed is not kept any more', () => {
    expect([judge('48'), judge('1.7.0123456789abcdef')]).toEqual(['forgotten', 'forgotten']);
    expect(whyNotFrom(Place.parse('1'), { last, oldest: undefined })).toBeUndefined();
  });

  it('is nothing but that', () => {
    for (const text of [
      '',
      '-1',
      '1e9',
      '1.5.',
      '1.',
      '.1',
      ' 1',
      '1234567890123456',
      '1.2.3.4',
      'x',
      '1.-1',
      '1.2.AB',
    ])
      expect([text, Place.safeParse(text).success]).toEqual([text, false]);
  });
});
