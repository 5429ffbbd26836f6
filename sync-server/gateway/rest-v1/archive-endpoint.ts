import { z } from 'zod';
import { HttpRefusal } from '../http-refusal.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { TimeInput } from './rest-fields.ts';
import type { RestParts } from './rest-parts.ts';

const Kept = z.object({
  /** The record's root and id: `streams/…`, `events/…`. */
  id: z.string(),
  /** When it left the catalogue, in ms since 1970 UTC. */
  atMs: z.int(),
  /** Whole, as a control room sends it back. */
  record: z.unknown(),
});

/** What has left the catalogue, whole, for whoever may read the catalogue: that is where it was. */
export function archiveEndpoint({ archive }: Pick<RestParts, 'archive'>): Endpoint {
  return endpoint({
    ...{
      tag: 'archive',
      method: 'get',
      path: '/archive',
      summary: 'Search what has left the catalogue, the latest to leave first',
    },
    query: z.object({
      /** Words, or beginnings of words, of any field. */
      text: z.string().max(200).default(''),
      from: TimeInput.optional(),
      until: TimeInput.optional(),
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
      limit: z.coerce.number().int().min(1).max(50).default(50),
    }),
    answers: { 200: z.object({ total: z.int(), records: z.array(Kept) }) },
    handle: async ({ query: { text, from, until, offset, limit } }) => {
      const found = await archive.search({
        ...{ text, offset, limit },
        ...(from === undefined ? {} : { fromMs: from }),
        ...(until === undefined ? {} : { untilMs: until }),
      });
      if (!found.ok) throw new HttpRefusal(503, found.error.reason, found.error.words);
      return { body: found.value };
    },
  });
}
