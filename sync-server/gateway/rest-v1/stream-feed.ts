import { Router } from 'express';
import { z } from 'zod';
import { CATALOGUE_ROOTS } from '#shared/document/document-shape.ts';
import { decideAccess } from '../../accounts/access.ts';
import type { HttpDoor } from '../http-door.ts';
import { HttpRefusal, refusals } from '../http-refusal.ts';
import { readQuery } from '../read-request.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { RestParts } from './rest-parts.ts';
import { prepareAnswer, sendAnswer } from './send-answer.ts';
import { filterOf, StreamFilterQuery } from './stream-list.ts';
import { StreamRow } from './stream-shape.ts';

const MOST = 20_000;
export const FeedQuery = StreamFilterQuery.extend({ key: z.string().max(4_096).optional() });

/**
 * `GET /streams.json?key=…`: what an original Streamwall polls, a bare list. It sends no headers, so the key stands in the
 * address, where proxies and logs see it: only keys that may write nothing are taken there.
 */
export function streamFeed(parts: RestParts, door: HttpDoor, kept: KeptAnswers): Router {
  const router = Router();
  router.get('/streams.json', async (request, response) => {
    const { key, ...query } = readQuery(FeedQuery, request);
    const isInAddress = request.get('authorization') === undefined && key !== undefined;
    if (isInAddress) request.headers.authorization = `Bearer ${key}`;
    const { account } = await door.signedIn(request);
    const access = decideAccess(account, { name: 'catalogue', kind: 'catalogue' });
    if (!access.mayRead) throw refusals.forbidden();
    if (isInAddress && Object.keys(CATALOGUE_ROOTS).some((root) => access.writable.has(root)))
      throw new HttpRefusal(403, 'forbidden', 'Only a key that may write nothing may stand in an address.');
    const prepared = await kept.answer(
      `feed ${account.role} ${JSON.stringify(query)}`,
      async () => {
        const filter = await filterOf(
          { ...query, is_archived: query.is_archived ?? false },
          account.role,
          parts,
        );
        const rows = await parts.reads.page(filter, { sort: undefined, limit: MOST, offset: 0 });
        return prepareAnswer({ status: 200, body: rows.flatMap(shapeEntry) });
      },
      false,
    );
    await sendAnswer(request, response, prepared);
  });
  return router;
}

const WORDS = {
  live: 'Live',
  offline: 'Offline',
  gone: 'Offline',
  unknown: 'Unknown',
  upcoming: 'Unknown',
} as const;

/** The names that original Streamwalls, their sheets and their files have. */
function shapeEntry(raw: unknown): object[] {
  const { id, body } = StreamRow.parse(raw);
  if (body.moderation === 'refused' || body.moderation === 'waiting') return [];
  const said = {
    ...{ _id: body.code, id, kind: body.kind, link: body.link, label: body.label ?? body.title },
    ...{ source: body.source, city: body.city, state: body.region, status: WORDS[body.status] },
    ...{ notes: body.notes, rotation: body.rotation, orientation: body.orientation, platform: body.platform },
    ...{ labelPosition: body.labelPosition, postedBy: body.postedBy },
  };
  return [Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))];
}
