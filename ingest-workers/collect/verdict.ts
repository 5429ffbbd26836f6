import { z } from 'zod';
import { StreamId } from '#shared/model/ids.ts';
import { Link, StreamFields } from '#shared/model/stream.ts';

/** What a bot may say of a stream that it adds. */
export const SightedFields = StreamFields.pick({
  source: true,
  city: true,
  region: true,
  country: true,
  latitude: true,
  longitude: true,
  location: true,
  moderation: true,
  tags: true,
  postedBy: true,
}).partial();
export type SightedFields = z.infer<typeof SightedFields>;

/** What is to become of one link of a message. Decided once, and kept before anything is done about it. */
export const Verdict = z.discriminatedUnion('kind', [
  /** It becomes a stream; with `moderation: waiting` it waits for an operator. */
  z.strictObject({ kind: z.literal('add'), id: StreamId, link: Link, fields: SightedFields }),
  /** It is one already; `fields` is what the message says beyond what is known. */
  z.strictObject({ kind: z.literal('known'), id: StreamId, link: Link, fields: SightedFields }),
  /** It is one, and an operator has not said yes yet. */
  z.strictObject({ kind: z.literal('waiting'), id: StreamId, link: Link }),
  /** Its link, domain or poster is on an ignore list, an operator has refused it, or its platform is switched off. */
  z.strictObject({ kind: z.literal('ignored'), link: Link }),
  /** Its poster has posted too much. */
  z.strictObject({ kind: z.literal('limited'), link: Link }),
]);
export type Verdict = z.infer<typeof Verdict>;

/** What became of one link. */
export const Outcome = z.enum(['added', 'waiting', 'known', 'ignored', 'limited', 'failed']);
export type Outcome = z.infer<typeof Outcome>;

/** How a platform shows an outcome; `held` while an edit is on this disk and the server has not saved it. */
export type Sign = Outcome | 'held';

/**
 * The signs for a message, at most two: the best that became of any of its links, and beside it that something could not
 * be done, so that a success never hides a failure.
 */
export function signsOf(outcomes: readonly Outcome[]): readonly Outcome[] {
  const order: readonly Outcome[] = ['added', 'waiting', 'known', 'limited', 'ignored'];
  const best = order.find((outcome) => outcomes.includes(outcome));
  const failed = outcomes.includes('failed') ? (['failed'] as const) : [];
  return best === undefined ? failed : [best, ...failed];
}
