import { expect, it } from 'vitest';
import { streamId, streamOf } from '../wall-grid/sample-wall.ts';
import { filterStreams, orderStreams } from './order-streams.ts';

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

it('filters keep the order', () => {
  const ordered = orderStreams(streams);
  expect(codes(filterStreams(ordered, 'live', new Set()))).toBe('cb');
  expect(codes(filterStreams(ordered, 'wall', new Set([streamId('a'), streamId('b')])))).toBe('ba');
  expect(filterStreams(ordered, 'all', new Set())).toBe(ordered);
});
