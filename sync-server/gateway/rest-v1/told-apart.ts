import { z } from 'zod';
import { ChangesQuery } from './change-stream.ts';
import type { Endpoint } from './endpoint.ts';
import { FeedQuery } from './stream-feed.ts';

const apart = async (): Promise<never> => Promise.reject(new Error('this is answered elsewhere'));

/** What is answered in another way than the rest, as the description of the API tells it. */
export const toldApart: readonly Endpoint[] = [
  {
    ...{
      method: 'get',
      path: '/changes',
      tag: 'changes',
      query: ChangesQuery,
      body: undefined,
      handle: apart,
    },
    summary: 'Server-sent events: what changes, with the number to go on from as Last-Event-ID or `since`',
    answers: { 200: undefined },
    textType: 'text/event-stream',
  },
  {
    ...{
      method: 'get',
      path: '/streams.json',
      tag: 'streams',
      query: FeedQuery,
      body: undefined,
      handle: apart,
    },
    summary:
      'A bare list for original Streamwalls; the key, which may write nothing, can stand in the address',
    answers: { 200: z.array(z.record(z.string(), z.unknown())) },
  },
];
