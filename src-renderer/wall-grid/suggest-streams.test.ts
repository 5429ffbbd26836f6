import { expect, it } from 'vitest';
import { StreamCode } from '#shared/model/stream.ts';
import { createStreamSearch } from '../stream-table/search-streams.ts';
import { streamOf, wallOf } from './sample-wall.ts';
import { suggestStreams } from './suggest-streams.ts';

const code = (text: string) => StreamCode.parse(text);
const streams = [
  streamOf('a', { label: 'Woodward Avenue' }),
  streamOf('w', { code: code('woo2') }),
  streamOf('x', { code: code('woo') }),
  streamOf('l', { kind: 'background', code: code('woob') }),
];
const wall = wallOf(['a.']);

it('the stream with exactly the code that was typed comes first, then codes that begin so', () => {
  const offered = suggestStreams(streams, wall, 'WOO', createStreamSearch());
  expect(offered.map((stream) => stream.code)).toEqual(['woo', 'woo2', 'a']);
});

it('with nothing typed it offers what is not on the wall, without layers', () => {
  const offered = suggestStreams(streams, wall, ' ', createStreamSearch());
  expect(offered.map((stream) => stream.code)).toEqual(['woo2', 'woo']);
});
