import { answer, noAnswer, type Reading } from '../reading.ts';
import { readTrouble } from '../read-trouble.ts';
import { readOne, type RouteTools, type StatusRoute, type Subject } from '../status-route.ts';
import { readWatchPage } from './watch-page.ts';

const WHO = 'YouTube';
const hosts = new Set(['www.youtube.com', 'm.youtube.com', 'youtube.com', 'consent.youtube.com']);

/** Refuses every kind of tracking, so that Europe's page about it is not put in front of the answer. */
const CONSENT = 'SOCS=CAI';

/** YouTube without a key: the page of a video, or a channel's live page. About 300 an hour are given to a guest. */
export function createYoutubePages(tools: RouteTools): StatusRoute {
  const read = async (subject: Subject): Promise<Reading> => {
    const outcome = await tools.fetch({
      url: subject.url.url,
      headers: { cookie: CONSENT, 'accept-language': 'en' },
      allowHost: (host) => hosts.has(host),
      maxBytes: 4 * 1024 * 1024,
    });
    const trouble = readTrouble(outcome, WHO);
    if (trouble !== undefined || !outcome.ok)
      return trouble ?? noAnswer('unreachable', `${WHO} did not answer.`, '');
    if (new URL(outcome.value.url).hostname === 'consent.youtube.com')
      return noAnswer('blocked', 'YouTube asks about cookies before it shows anything.', outcome.value.url);
    if (outcome.value.status !== 200)
      return answer('gone', 'YouTube has no such page.', `HTTP ${outcome.value.status}`);
    return readWatchPage(outcome.value.text, subject.url.videoId === undefined);
  };
  return {
    name: 'YouTube (pages)',
    hostOf: () => 'www.youtube.com',
    canRead: () => true,
    batchSize: 1,
    concurrency: 2,
    spacingMs: 2000,
    read: (subjects) => readOne(subjects, read),
  };
}
