import { describe, expect, it } from 'vitest';
import { LayeredMap } from '../stores/layered-map.ts';
import { streamOf, wallOf } from '../wall-grid/sample-wall.ts';
import { describeChange } from './describe-change.ts';
import { withMoment, type Moment } from './moments.ts';

const streamsOf = (letters: string) =>
  LayeredMap.of([...letters].map((letter) => [streamOf(letter).id, streamOf(letter)] as const));
const streams = streamsOf('abc');
const part = (picture: readonly string[], bench = '', changes = {}) => ({
  wall: wallOf(picture, bench, changes),
  streams,
});

describe('what is told of a change', () => {
  it('is nothing where nothing changed, or another wall is looked at', () => {
    const one = part(['ab']);
    expect(describeChange(one, one)).toEqual([]);
    const other = { ...one, wall: { ...one.wall, id: 'other' as typeof one.wall.id, name: 'Other' } };
    expect(describeChange(one, other)).toEqual([]);
  });

  it('names what came, left, moved and went to the bench', () => {
    const [a, b] = [...streams.values()].map(({ code }) => code);
    expect(describeChange(part(['a.']), part(['ab']))).toEqual([`${b} came on the wall`]);
    expect(describeChange(part(['ab']), part(['a.']))).toEqual([`${b} left the wall`]);
    expect(describeChange(part(['a.']), part(['.a']))).toEqual([`${a} moved`]);
    expect(describeChange(part(['a.']), part(['aa']))).toEqual([`${a} changed size`]);
    expect(describeChange(part(['ab']), part(['a.'], 'b'))).toEqual([`${b} went to the bench`]);
  });

  it('tells of the list, many as a number', () => {
    const [sentence] = describeChange(part(['a']), { ...part(['a']), streams: streamsOf('abcdefghij') });
    expect(sentence).toMatch(/ and 4 more were added to the list$/);
  });
});

const moment = (id: number, atMs: number, words: string): Moment => ({
  id,
  atMs,
  words,
  mine: true,
  before: wallOf(['a']),
  after: wallOf(['b']),
  streams: [],
});

it('what goes on is one moment, with the wall from before it began', () => {
  const first = moment(1, 0, 'Volume of a');
  const kept = withMoment([first], moment(2, 1000, 'Volume of a'));
  expect(kept).toEqual([{ ...first, atMs: 1000 }]);
  expect(withMoment(kept, moment(3, 9000, 'Volume of a'))).toHaveLength(2);
});
