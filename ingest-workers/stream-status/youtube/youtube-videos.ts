import { noAnswer } from '../reading.ts';
import { readTrouble } from '../read-trouble.ts';
import { sameForAll, type RouteTools, type StatusRoute } from '../status-route.ts';
import { readRefusal, readVideos } from './videos-answer.ts';

const WHO = 'YouTube';

/** YouTube with a key: fifty videos a request, one unit of the day's ten thousand. Channels have no such question. */
export function createYoutubeVideos(tools: RouteTools, apiKey: string): StatusRoute {
  return {
    name: 'YouTube (Data API)',
    hostOf: () => 'www.googleapis.com',
    canRead: (subject) => subject.url.videoId !== undefined,
    batchSize: 50,
    concurrency: 1,
    spacingMs: 500,
    async read(subjects) {
      const ids = subjects.map(({ url }) => url.videoId ?? '');
      const query = new URLSearchParams({
        part: 'snippet,liveStreamingDetails',
        id: ids.join(','),
        maxResults: '50',
      });
      const outcome = await tools.fetch({
        url: `https://www.googleapis.com/youtube/v3/videos?${query}`,
        headers: { 'x-goog-api-key': apiKey },
        maxHops: 0,
      });
      const refusal = outcome.ok
        ? readRefusal(outcome.value.status, outcome.value.text, untilPacificMidnightMs(tools.clock.nowMs()))
        : undefined;
      const trouble = refusal ?? readTrouble(outcome, WHO);
      if (trouble !== undefined || !outcome.ok)
        return sameForAll(subjects, trouble ?? noAnswer('unreachable', `${WHO} did not answer.`, ''));
      const read = readVideos(outcome.value.text, ids);
      const odd = noAnswer('odd-answer', `${WHO} answered oddly.`, outcome.value.text);
      return new Map(subjects.map(({ id }, n) => [id, read?.[n] ?? odd]));
    },
  };
}

/** Quotas begin anew at midnight in California; within an hour, for the clock there changes twice a year. */
function untilPacificMidnightMs(nowMs: number): number {
  const dayMs = 24 * 60 * 60_000;
  return dayMs - ((nowMs - 8 * 60 * 60_000) % dayMs);
}
