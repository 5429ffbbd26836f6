import { describe, expect, it } from 'vitest';
import { streamId, streamOf } from '../wall-grid/sample-wall.ts';
import { filterStreams } from './filter-streams.ts';
import { compareStreams, orderStreams } from './order-streams.ts';
import { sortStreams } from './sort-streams.ts';

const codes = (streams: readonly { readonly code: string }[]) => streams.map(({ code }) => code).join('');

const streams = [
  streamOf('a', { status: 'offline', addedAt: 9 }),
  streamOf('b', { status: 'live', addedAt: 1 }),
  streamOf('c', { status: 'live', addedAt: 2 }),
  streamOf('d', { status: 'gone', addedAt: 99, pinned: true }),
  streamOf('e', { status: 'unknown', addedAt: 3 }),
  streamOf('g', { status: 'unknown', addedAt: 3 }),
  streamOf('f', { status: 'unknown', addedAt: 3 }),
  streamOf('z', { status: 'live', addedAt: 100, archived: true }),
];

it('pinned first, then live, then the newest, equals by code; archived ones are not listed', () => {
  expect(codes(orderStreams(streams))).toBe('dcbefga');
});

describe('filters', () => {
  const ordered = streams.toSorted(compareStreams);
  const filtered = filterStreams(ordered, new Set([streamId('a'), streamId('b')]), 3_600_003);
  it('keep the order', () => {
    expect(codes(filtered.all)).toBe('dcbefga');
    expect(codes(filtered.live)).toBe('cb');
    expect(codes(filtered.wall)).toBe('ba');
    expect(codes(filtered.pinned)).toBe('d');
  });

  it('new is what came within the hour, or waits for somebody’s word', () => {
    expect(codes(filtered.new)).toBe('da');
    const waiting = streamOf('w', { addedAt: 0, moderation: 'waiting' });
    const { new: fresh, waiting: toDecide } = filterStreams([waiting, ...streams], new Set(), 9e9);
    expect([codes(fresh), codes(toDecide)]).toEqual(['w', 'w']);
  });

  it('what was archived or refused is under its own name only', () => {
    expect(codes(filtered.archived)).toBe('z');
    const refused = filterStreams([streamOf('r', { moderation: 'refused' })], new Set(), 9e9);
    expect([codes(refused.all), codes(refused.ignored)]).toEqual(['', 'r']);
  });

  it('twins are streams of one name, and not of a name that says nothing', () => {
    const twins = filterStreams(
      [
        streamOf('a', { label: 'City Hall east' }),
        streamOf('b', { title: 'city hall EAST' }),
        streamOf('c', { title: 'Live' }),
        streamOf('d', { title: 'live' }),
      ],
      new Set(),
      9e9,
    ).twins();
    expect(codes(twins)).toBe('ab');
  });
});

describe('sorting', () => {
  const named = [
    streamOf('a', { city: 'Reno' }),
    streamOf('b'),
    streamOf('c', { city: 'albany' }),
    streamOf('d', { city: 'Area 10' }),
    streamOf('e', { city: 'Area 9' }),
  ];
  it('goes by what people read, numbers by their size, the empty last either way', () => {
    expect(codes(sortStreams(named, { column: 'place', down: false }))).toBe('cedab');
    expect(codes(sortStreams(named, { column: 'place', down: true }))).toBe('adecb');
  });

  it('leaves the order alone without a column, or one that is not known', () => {
    expect(sortStreams(named, null)).toBe(named);
    const watched = new Map([
      [streamId('b'), 12],
      [streamId('c'), 900],
      [streamId('a'), 5],
    ]);
    const ordered = orderStreams(streams);
    expect(codes(sortStreams(ordered, { column: 'viewers', down: true }, watched))).toBe('cbdefga');
    expect(codes(sortStreams(ordered, { column: 'viewers', down: false }, watched))).toBe('bcdefga');
    expect(sortStreams(named, { column: 'mood', down: true })).toBe(named);
  });
});
