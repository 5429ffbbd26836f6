import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { given, readJson, readTime } from '../read-json.ts';
import { answer, noAnswer, type NoAnswer, type Reading } from '../reading.ts';
import { readTrouble } from '../read-trouble.ts';
import { readOne, type RouteTools, type StatusRoute, type Subject } from '../status-route.ts';

const WHO = 'X';

/** What X's own page sends for everybody who is not logged in; not a secret. */
const WEB_BEARER =
  'AAAAAAAAAAAAAAAAAAAAANRILgAAAAAAnNwIzUejRCOuH5E6I8xnZz4puTs%3D1Zv7ttfk8LF81IUq16cHjhLTvJu4FA33AGWWjCpTnA';

/** A guest's token is renewed before X forgets it. */
const GUEST_FOR_MS = 60 * 60_000;

/** X: a broadcast by its id, asked as a guest. */
export function createXBroadcast(tools: RouteTools): StatusRoute {
  let guest: { readonly token: string; readonly untilMs: number } | undefined;

  const becomeGuest = async (): Promise<Result<string, NoAnswer>> => {
    if (guest !== undefined && tools.clock.nowMs() < guest.untilMs) return ok(guest.token);
    const outcome = await tools.fetch({
      url: 'https://api.x.com/1.1/guest/activate.json',
      method: 'POST',
      headers: { authorization: `Bearer ${WEB_BEARER}` },
      body: '',
    });
    const trouble = readTrouble(outcome, WHO);
    if (trouble !== undefined || !outcome.ok)
      return fail(trouble ?? noAnswer('unreachable', `${WHO} did not answer.`, ''));
    const read = z.object({ guest_token: z.string().min(1) }).safeParse(readJson(outcome.value.text));
    if (!read.success) return fail(noAnswer('blocked', 'X lets no guest in.', outcome.value.text));
    guest = { token: read.data.guest_token, untilMs: tools.clock.nowMs() + GUEST_FOR_MS };
    return ok(guest.token);
  };

  const read = async ({ url }: Subject): Promise<Reading> => {
    const token = await becomeGuest();
    if (!token.ok) return token.error;
    const id = url.videoId ?? '';
    const outcome = await tools.fetch({
      url: `https://api.x.com/1.1/broadcasts/show.json?ids=${encodeURIComponent(id)}`,
      headers: { authorization: `Bearer ${WEB_BEARER}`, 'x-guest-token': token.value },
      maxHops: 0,
    });
    if (outcome.ok && (outcome.value.status === 401 || outcome.value.status === 403)) guest = undefined;
    const trouble = readTrouble(outcome, WHO);
    if (trouble !== undefined || !outcome.ok)
      return trouble ?? noAnswer('unreachable', `${WHO} did not answer.`, '');
    return readXBroadcast(outcome.value.text, id);
  };
  return {
    name: 'X (guest)',
    hostOf: () => 'api.x.com',
    canRead: (subject) => subject.url.videoId !== undefined,
    batchSize: 1,
    concurrency: 1,
    spacingMs: 1500,
    read: (subjects) => readOne(subjects, read),
  };
}

const Broadcast = z.object({
  state: z.string(),
  status: z.string().nullish().catch(null),
  start_ms: z.coerce.number().nullish().catch(null),
  scheduled_start_ms: z.coerce.number().nullish().catch(null),
  total_watching: z.coerce.number().int().nonnegative().nullish().catch(null),
  image_url: z.string().nullish().catch(null),
  width: z.number().nullish().catch(null),
  height: z.number().nullish().catch(null),
});
const Broadcasts = z.object({ broadcasts: z.record(z.string(), z.unknown()) });

export function readXBroadcast(body: string, id: string): Reading {
  const read = Broadcasts.safeParse(readJson(body));
  if (!read.success) return noAnswer('odd-answer', 'X answered oddly.', body);
  const value = read.data.broadcasts[id];
  if (value == null) return answer('gone', 'X has no such broadcast.', 'broadcasts: not listed');
  const found = Broadcast.safeParse(value);
  if (!found.success) return noAnswer('odd-answer', 'X answered oddly.', JSON.stringify(value));
  const { state, width, height } = found.data;
  const details = given({
    title: found.data.status,
    startedAt: readTime(found.data.start_ms),
    thumbnail: found.data.image_url,
    viewers: found.data.total_watching,
  });
  switch (state.toLowerCase()) {
    case 'running': {
      const isTall = width != null && height != null && height > width;
      return answer('live', 'X shows the broadcast as running.', state, {
        ...details,
        ...(isTall ? { orientation: 'vertical' } : {}),
      });
    }
    case 'ended':
    case 'timed_out':
      return answer('offline', 'The broadcast has ended.', state, { ...details, isFinal: true });
    case 'not_started':
      return answer(
        'upcoming',
        'The broadcast has not begun.',
        state,
        given({ title: found.data.status, startsAt: readTime(found.data.scheduled_start_ms) }),
      );
    default:
      return noAnswer('odd-answer', 'X says something new about this broadcast.', state);
  }
}
