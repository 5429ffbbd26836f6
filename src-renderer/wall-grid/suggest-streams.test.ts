import { describe, expect, it } from 'vitest';
import { streamIdOf } from '#shared/model/stream-url.ts';
import { Link, StreamCode } from '#shared/model/stream.ts';
import { judgeLink } from '../stream-table/judge-link.ts';
import { createStreamSearch } from '../stream-table/search-streams.ts';
import { streamOf, wallOf } from './sample-wall.ts';
import { offersFor } from './suggest-streams.ts';

const code = (text: string) => StreamCode.parse(text);
const link = Link.parse('https://example.com/w');
const streams = [
  streamOf('a', { label: 'Woodward Avenue' }),
  streamOf('w', { code: code('woo2'), link, id: streamIdOf(link) }),
  streamOf('x', { code: code('woo') }),
  streamOf('l', { kind: 'background', code: code('woob') }),
];
const wall = wallOf(['a.']);
const offered = (text: string) =>
  offersFor(streams, wall, text, judgeLink(text), createStreamSearch()).map((offer) =>
    offer.kind === 'add' ? `add ${offer.verdict.link}` : offer.stream.code,
  );

describe('at a cell is offered', () => {
  it('first the stream with exactly the code that was typed, then codes that begin so, then what matches', () => {
    expect(offered('WOO')).toEqual(['woo', 'woo2', 'a']);
  });

  it('with nothing typed what is not on the wall, without layers', () => {
    expect(offered(' ')).toEqual(['woo2', 'woo']);
  });

  it('for a link its stream, or to add it', () => {
    expect(offered('http://example.com/w#top')).toEqual(['add http://example.com/w']);
    expect(offered('https://example.com/w')).toEqual(['woo2']);
    expect(offered('twitch.tv/somebody')).toEqual(['add https://www.twitch.tv/somebody']);
  });

  it('nothing for what is neither', () => {
    expect(offered('ftp://example.com/w')).toEqual([]);
  });
});
