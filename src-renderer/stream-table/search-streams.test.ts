import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StreamCode } from '#shared/model/stream.ts';
import { streamOf } from '../wall-grid/sample-wall.ts';
import { createStreamSearch } from './search-streams.ts';

const code = (text: string) => StreamCode.parse(text);
const streams = [
  streamOf('a', { code: code('paul'), label: 'Avenida Paulista', city: 'São Paulo', tags: ['protest'] }),
  streamOf('b', { code: code('abq'), label: 'ABQ Raw', platform: 'twitch', status: 'live' }),
  streamOf('c', { code: code('sao'), notes: 'ask Ana before showing', region: 'NM' }),
];
const numbered = (letter: string, index: number) =>
  streamOf(letter, { label: index % 2 === 0 ? `even ${'x'.repeat(index % 3)}` : 'odd' });
const found = (text: string) =>
  createStreamSearch()(streams, text)
    .map((stream) => stream.code)
    .join(' ');

it.each([
  ['paulista', 'paul'],
  ['SAO PAULO', 'paul'],
  ['são', 'sao paul'],
  ['protest', 'paul'],
  ['twitch', 'abq'],
  ['live', 'abq'],
  ['ana before', 'sao'],
  ['example.com/b', 'abq'],
  ['raw abq', 'abq'],
  ['raw sao', ''],
  ['undefined', ''],
])('%s finds %s', (text, codes) => {
  expect(found(text)).toBe(codes);
});

it('nothing typed is everything, in the order that was', () => {
  expect(createStreamSearch()(streams, '  ')).toBe(streams);
});

it('characters that mean something to a program mean themselves', () => {
  expect(found('.*')).toBe('');
  expect(found('(')).toBe('');
});

it('one that is kept finds the same as a new one, whatever was searched before and edited since', () => {
  const search = createStreamSearch();
  const texts = ['s', 'sa', 'sao', 'ao', 'a', 'sao p', 'sao paulo', 'paulo', '', 'raw', 'raw abq', 'q raw'];
  let now = streams;
  for (const [step, text] of texts.entries()) {
    expect(search(now, text)).toEqual(createStreamSearch()(now, text));
    now = now.map((stream, index) => (index === step % 3 ? { ...stream, notes: `sao ${text}` } : stream));
    expect(search(now, text)).toEqual(createStreamSearch()(now, text));
  }
});

it('a code is first again when a second word is taken back', () => {
  const search = createStreamSearch();
  search(streams, 'sao sao');
  expect(search(streams, 'sao').map((stream) => stream.code)).toEqual(['sao', 'paul']);
});

it('nor whatever came, went or moved', () => {
  const letters = fc.uniqueArray(fc.constantFrom(...'abcdefghijkl'.split('')), { maxLength: 12 });
  const step = fc.record({ letters, text: fc.constantFrom('e', 'ev', 'even', 'odd', 'o', 'even x', '') });
  const all = new Map('abcdefghijkl'.split('').map((letter, index) => [letter, numbered(letter, index)]));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
      const search = createStreamSearch();
      for (const { letters: listed, text } of steps) {
        const list = listed.flatMap((letter) => all.get(letter) ?? []);
        expect(search(list, text)).toEqual(createStreamSearch()(list, text));
      }
    }),
  );
});

it('what is made ready ahead is all of it, a part at a time', () => {
  const search = createStreamSearch();
  expect(search.warm(streams, 2)).toBe(true);
  expect(search.warm(streams, 2)).toBe(false);
});
