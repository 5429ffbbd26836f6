import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
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
      let streams: ReadonlyMap<StreamId, StreamView> = new Map();
      for (const changes of rounds) {
        const next = new Map(streams);
        for (const { letter, gone, ...fields } of changes) {
          const stream = streamOf(letter, fields);
          if (gone) next.delete(stream.id);
          else next.set(stream.id, stream);
        }
        streams = next;
        expect(keep(streams)).toEqual([...streams.values()].sort(compareStreams));
      }
    }),
  );
});

it('what did not change is the same list', () => {
  const keep = createKeptOrder();
  const streams = new Map([[streamOf('a').id, streamOf('a')]]);
  expect(keep(streams)).toBe(keep(streams));
});
