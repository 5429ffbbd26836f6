import { noAnswer } from '../reading.ts';
import { readTrouble } from '../read-trouble.ts';
import { sameForAll, type RouteTools, type StatusRoute } from '../status-route.ts';
import { readGqlAnswer, writeGqlQuestion } from './gql-answer.ts';

const WHO = 'Twitch';

/** The id that Twitch's own web page sends for everybody; not a secret. */
const WEB_CLIENT_ID = 'kimne78kx3ncx6brgo4mv6wki5h1ko';

/** Twitch without a key: what its own web page asks. */
export function createTwitchGql(tools: RouteTools): StatusRoute {
  return {
    name: 'Twitch (web)',
    hostOf: () => 'gql.twitch.tv',
    canRead: (subject) => subject.url.username !== undefined,
    batchSize: 30,
    concurrency: 1,
    spacingMs: 1000,
    async read(subjects) {
      const logins = subjects.map(({ url }) => url.username ?? '');
      const outcome = await tools.fetch({
        url: 'https://gql.twitch.tv/gql',
        method: 'POST',
        headers: { 'client-id': WEB_CLIENT_ID, 'content-type': 'application/json' },
        body: writeGqlQuestion(logins),
      });
      const trouble = readTrouble(outcome, WHO);
      if (trouble !== undefined || !outcome.ok)
        return sameForAll(subjects, trouble ?? noAnswer('unreachable', `${WHO} did not answer.`, ''));
      const read = readGqlAnswer(outcome.value.text, logins);
      const odd = noAnswer('odd-answer', `${WHO} answered oddly.`, outcome.value.text);
      return new Map(subjects.map(({ id }, n) => [id, read?.[n] ?? odd]));
    },
  };
}
