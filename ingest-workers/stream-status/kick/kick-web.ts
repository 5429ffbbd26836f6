import { answer, noAnswer, type Reading } from '../reading.ts';
import { readTrouble } from '../read-trouble.ts';
import { readOne, type RouteTools, type StatusRoute, type Subject } from '../status-route.ts';
import { readKickWebChannel } from './kick-answer.ts';

const WHO = 'Kick';

/** Kick without a key: what its own page asks. Servers are often turned away (403), which is no answer. */
export function createKickWeb(tools: RouteTools): StatusRoute {
  const read = async ({ url }: Subject): Promise<Reading> => {
    const outcome = await tools.fetch({
      url: `https://kick.com/api/v2/channels/${url.username ?? ''}`,
      headers: { accept: 'application/json' },
      allowHost: (host) => host === 'kick.com',
    });
    const trouble = readTrouble(outcome, WHO);
    if (trouble !== undefined || !outcome.ok)
      return trouble ?? noAnswer('unreachable', `${WHO} did not answer.`, '');
    return outcome.value.status === 200
      ? readKickWebChannel(outcome.value.text)
      : answer('gone', 'Kick has no such channel.', `HTTP ${outcome.value.status}`);
  };
  return {
    name: 'Kick (web)',
    hostOf: () => 'kick.com',
    canRead: (subject) => subject.url.username !== undefined,
    batchSize: 1,
    concurrency: 1,
    spacingMs: 2000,
    read: (subjects) => readOne(subjects, read),
  };
}
