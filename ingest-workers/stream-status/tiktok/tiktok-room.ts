import { noAnswer, type Reading } from '../reading.ts';
import { readTrouble } from '../read-trouble.ts';
import { readOne, type RouteTools, type StatusRoute, type Subject } from '../status-route.ts';
import { readTiktokRoom } from './room-answer.ts';

const WHO = 'TikTok';

/** TikTok has no interface for this; its page's own question is asked, and “I do not know” is a frequent answer. */
export function createTiktokRoom(tools: RouteTools): StatusRoute {
  const read = async ({ url }: Subject): Promise<Reading> => {
    const query = new URLSearchParams({ uniqueId: url.username ?? '', aid: '1988', sourceType: '54' });
    const outcome = await tools.fetch({
      url: `https://www.tiktok.com/api-live/user/room?${query}`,
      headers: { accept: 'application/json', 'accept-language': 'en' },
      allowHost: (host) => host === 'www.tiktok.com',
    });
    const trouble = readTrouble(outcome, WHO);
    if (trouble !== undefined || !outcome.ok)
      return trouble ?? noAnswer('unreachable', `${WHO} did not answer.`, '');
    return readTiktokRoom(outcome.value.text);
  };
  return {
    name: 'TikTok (web)',
    hostOf: () => 'www.tiktok.com',
    canRead: (subject) => subject.url.username !== undefined,
    batchSize: 1,
    concurrency: 2,
    spacingMs: 300,
    read: (subjects) => readOne(subjects, read),
  };
}
