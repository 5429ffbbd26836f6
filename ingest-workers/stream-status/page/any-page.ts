import { z } from 'zod';
import { given, readJson, readTime } from '../read-json.ts';
import { answer, noAnswer, type Reading } from '../reading.ts';
import { readTrouble } from '../read-trouble.ts';
import { readOne, type RouteTools, type StatusRoute, type Subject } from '../status-route.ts';

/** Any web page: it counts what the page says of itself in the words of schema.org; most say nothing. */
export function createAnyPage(tools: RouteTools): StatusRoute {
  const read = async ({ url }: Subject): Promise<Reading> => {
    const host = new URL(url.url).hostname;
    const outcome = await tools.fetch({
      url: url.url,
      http: true,
      anyPort: true,
      maxBytes: 1024 * 1024,
      cut: true,
    });
    const trouble = readTrouble(outcome, host);
    if (trouble !== undefined || !outcome.ok)
      return trouble ?? noAnswer('unreachable', `${host} did not answer.`, '');
    const { status, contentType, text } = outcome.value;
    if (status >= 400) return answer('gone', `${host} has no such page.`, `HTTP ${status}`);
    if (contentType !== '' && !/html|xml/.test(contentType))
      return noAnswer('no-way', `${host} sent no page (${contentType}).`, contentType);
    return readAnyPage(text, tools.clock.nowMs());
  };
  return {
    name: 'Web pages',
    hostOf: ({ url }) => new URL(url.url).host,
    canRead: () => true,
    batchSize: 1,
    concurrency: 1,
    spacingMs: 2000,
    read: (subjects) => readOne(subjects, read),
  };
}

const time = z.string().optional().catch(undefined);
const Broadcast = z.object({
  isLiveBroadcast: z.union([z.boolean(), z.string()]),
  startDate: time,
  endDate: time,
  name: z.string().optional().catch(undefined),
});

/** Reads schema.org's BroadcastEvent, which a page may carry for search engines. */
export function readAnyPage(page: string, nowMs: number): Reading {
  const events = [...page.matchAll(/<script[^>]{0,200}application\/ld\+json[^>]{0,200}>([^<]{0,100000})/gi)]
    .slice(0, 20)
    .flatMap(([, text]) => findBroadcasts(readJson(text ?? ''), 0));
  const [event] = events;
  if (event === undefined)
    return noAnswer('no-way', 'This page does not say whether it is live.', 'no BroadcastEvent');
  const startsAt = readTime(event.startDate);
  const endedAt = readTime(event.endDate);
  const said = `isLiveBroadcast: ${event.isLiveBroadcast}, ${event.startDate ?? '-'} to ${event.endDate ?? '-'}`;
  const isLive = String(event.isLiveBroadcast).toLowerCase() === 'true';
  if (!isLive || (endedAt !== undefined && endedAt <= nowMs))
    return answer('offline', 'The page says that the broadcast is over.', said, given({ endedAt }));
  if (startsAt !== undefined && startsAt > nowMs)
    return answer(
      'upcoming',
      'The page says when the broadcast begins.',
      said,
      given({ title: event.name, startsAt }),
    );
  return answer(
    'live',
    'The page says that it is live.',
    said,
    given({ title: event.name, startedAt: startsAt }),
  );
}

function findBroadcasts(value: unknown, depth: number): readonly z.infer<typeof Broadcast>[] {
  if (typeof value !== 'object' || value === null || depth > 6) return [];
  const read = Broadcast.safeParse(value);
  return read.success ? [read.data] : Object.values(value).flatMap((part) => findBroadcasts(part, depth + 1));
}
