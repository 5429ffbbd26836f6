import { z } from 'zod';
import { given, readJson, readTime } from '../read-json.ts';
import { answer, noAnswer, type Reading } from '../reading.ts';

const GqlUser = z.object({
  login: z.string(),
  broadcastSettings: z
    .object({ title: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
  stream: z
    .object({
      type: z.string().nullish(),
      createdAt: z.string().nullish().catch(null),
      viewersCount: z.number().nullish().catch(null),
      previewImageURL: z.string().nullish().catch(null),
    })
    .nullable(),
});
const GqlAnswer = z.object({
  data: z.record(z.string(), z.unknown()),
  errors: z.array(z.object({ path: z.array(z.unknown()).optional() })).default([]),
});

/** The question for several channels: `u0` to `uN`, each a user. */
export function writeGqlQuestion(logins: readonly string[]): string {
  const fields =
    '{ login broadcastSettings { title } stream { type createdAt viewersCount previewImageURL(width: 640, height: 360) } }';
  const users = logins.map((_, n) => `u${n}: user(login: $l${n}) ${fields}`).join(' ');
  const query = `query Live(${logins.map((_, n) => `$l${n}: String!`).join(', ')}) { ${users} }`;
  return JSON.stringify({ query, variables: Object.fromEntries(logins.map((login, n) => [`l${n}`, login])) });
}

/** A reading for each login that was asked for, in their order; undefined if the text is no answer. */
export function readGqlAnswer(text: string, logins: readonly string[]): readonly Reading[] | undefined {
  const read = GqlAnswer.safeParse(readJson(text));
  if (!read.success) return undefined;
  const { data, errors } = read.data;
  // A user who is null because the question failed is not a user who does not exist.
  const failed = (name: string) => errors.some(({ path }) => path === undefined || path[0] === name);
  return logins.map((login, n) =>
    failed(`u${n}`)
      ? noAnswer('odd-answer', 'Twitch could not say.', 'errors')
      : readUser(data[`u${n}`], login),
  );
}

function readUser(value: unknown, login: string): Reading {
  if (value === null) return answer('gone', `Twitch has no channel called ${login}.`, 'user: null');
  const user = GqlUser.safeParse(value);
  if (!user.success)
    return noAnswer('odd-answer', 'Twitch answered oddly.', JSON.stringify(value) ?? 'nothing');
  const { stream, broadcastSettings } = user.data;
  if (stream === null) return answer('offline', 'Twitch shows no broadcast on the channel.', 'stream: null');
  if (stream.type !== 'live')
    return answer('offline', 'Twitch shows a recording on the channel.', `stream.type: ${stream.type}`);
  return answer(
    'live',
    'Twitch shows the channel as live.',
    'stream.type: live',
    given({
      title: broadcastSettings?.title,
      viewers: stream.viewersCount,
      startedAt: readTime(stream.createdAt),
      thumbnail: stream.previewImageURL,
    }),
  );
}
