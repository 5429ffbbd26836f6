import { z } from 'zod';
import { ChangesQuery } from './change-stream.ts';
import { toldEndpoint, type Endpoint } from './endpoint.ts';
import { FeedQuery } from './stream-feed.ts';

/** Answers about streams that are no single piece of JSON. */
export const toldApart: readonly Endpoint[] = [
  toldEndpoint({
    ...{ method: 'get', path: '/changes', tag: 'changes', query: ChangesQuery },
    summary:
      'Server-sent events: what changes, with the place to go on from as Last-Event-ID or `since`; ' +
      '410 when that is forgotten or of another store, with the `last` place in its details',
    answers: { 200: undefined },
    textType: 'text/event-stream',
  }),
  toldEndpoint({
    ...{ method: 'get', path: '/streams.json', tag: 'streams', query: FeedQuery },
    summary:
      'A bare list for original Streamwalls; the key, which may write nothing, can stand in the address',
    answers: { 200: z.array(z.record(z.string(), z.unknown())) },
  }),
];
