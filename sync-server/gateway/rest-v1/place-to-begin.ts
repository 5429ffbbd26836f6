import type { ChangeFeed } from '../../projection/change-feed.ts';
import { HttpRefusal } from '../http-refusal.ts';
import { whyNotFrom, writePlace, type Place, type Told } from './changes-place.ts';
import type { RestParts } from './rest-parts.ts';

type Parts = Pick<RestParts, 'desk' | 'rests' | 'log'> & { readonly feed: ChangeFeed };

/**
 * Where to begin telling somebody who was told up to a place.
 * @returns that place; the last for who names none
 * @throws {HttpRefusal} 410, with the last place in its details, when telling cannot go on from there
 */
export async function placeToBegin(
  { desk, rests, log, feed }: Parts,
  given: Place | undefined,
): Promise<Told> {
  const last = { number: await desk.fresh(), beside: await rests.last(), store: await log.storeId() };
  if (given === undefined) return last;
  const why = whyNotFrom(given, { last, oldest: await feed.oldest() });
  if (why === undefined) return { ...last, number: given.number, beside: given.beside ?? last.beside };
  throw new HttpRefusal(410, why, BEGIN_ANEW[why], { details: { last: [writePlace(last)] } });
}

const BEGIN_ANEW = {
  forgotten: 'Changes of so long ago are not kept. List everything, and follow from now.',
  'never-told':
    'This store never told that place: it was filled anew or set back. List everything, and follow from now.',
};
