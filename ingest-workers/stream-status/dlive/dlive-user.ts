import { z } from 'zod';
import { given, readJson, readTime } from '../read-json.ts';
import { answer, noAnswer, type Reading } from '../reading.ts';
import { readTrouble } from '../read-trouble.ts';
import { readOne, type RouteTools, type StatusRoute, type Subject } from '../status-route.ts';

const WHO = 'DLive';

const UserAnswer = z.object({
  errors: z.undefined().optional(),
  data: z.object({
    userByDisplayName: z
      .object({
        livestream: z
          .object({
            title: z.string().nullish().catch(null),
            watchingCount: z.number().nullish().catch(null),
            createdAt: z.coerce.number().nullish().catch(null),
            thumbnailUrl: z.string().nullish().catch(null),
          })
          .nullable(),
      })
      .nullable(),
  }),
});

const question = `query Live($name: String!) { userByDisplayName(displayname: $name) {
  username livestream { title watchingCount createdAt thumbnailUrl } } }`;

/** DLive: the question of its own page, by display name. */
export function createDliveUser(tools: RouteTools): StatusRoute {
  const read = async ({ url }: Subject): Promise<Reading> => {
    const outcome = await tools.fetch({
      url: 'https://graphigo.prd.dlive.tv/',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: question, variables: { name: url.username ?? '' } }),
    });
    const trouble = readTrouble(outcome, WHO);
    if (trouble !== undefined || !outcome.ok)
      return trouble ?? noAnswer('unreachable', `${WHO} did not answer.`, '');
    return readDliveUser(outcome.value.text);
  };
  return {
    name: 'DLive (web)',
    hostOf: () => 'graphigo.prd.dlive.tv',
    canRead: (subject) => subject.url.username !== undefined,
    batchSize: 1,
    concurrency: 1,
    spacingMs: 1000,
    read: (subjects) => readOne(subjects, read),
  };
}

export function readDliveUser(body: string): Reading {
  const read = UserAnswer.safeParse(readJson(body));
  if (!read.success) return noAnswer('odd-answer', 'DLive answered oddly.', body);
  const user = read.data.data.userByDisplayName;
  if (user === null) return answer('gone', 'DLive knows nobody of this name.', 'userByDisplayName: null');
  const { livestream } = user;
  if (livestream === null)
    return answer('offline', 'DLive shows no broadcast on the channel.', 'livestream: null');
  const details = given({
    title: livestream.title,
    viewers: livestream.watchingCount,
    startedAt: readTime(livestream.createdAt),
    thumbnail: livestream.thumbnailUrl,
  });
  return answer('live', 'DLive shows a broadcast on the channel.', 'livestream: present', details);
}
