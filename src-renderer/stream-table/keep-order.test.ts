import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { LayeredMap } from '../stores/layered-map.ts';
import { streamOf } from '../wall-grid/sample-wall.ts';
import { createKeptOrder } from './keep-order.ts';
import { compareStreams } from './order-streams.ts';

const change = fc.record({
  letter: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
  addedAt: fc.nat(5),
  status: fc.constantFrom('live', 'offline', 'unknown' as const),
  gone: fc.boolean(),
});

it('whatever changes, the order is that of sorting all', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 12 }), (rounds) => {
      const keep = createKeptOrder();
      let streams = LayeredMap.of<StreamId, StreamView>([]);
      for (const changes of rounds) {
        for (const { letter, gone, ...fields } of changes) {
          const stream = streamOf(letter, fields);
          streams = gone ? streams.with([], [stream.id]) : streams.with([[stream.id, stream]], []);
        }
        expect(keep(streams)).toEqual([...streams.values()].sort(compareStreams));
      }
    }),
  );
});

it('what did not change is the same list', () => {
  const keep = createKeptOrder();
  const streams = LayeredMap.of([[streamOf('a').id, streamOf('a')]]);
  expect(keep(streams)).toBe(keep(streams));
});
