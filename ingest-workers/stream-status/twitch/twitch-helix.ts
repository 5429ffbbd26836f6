import type { AppCredentials } from '../app-token.ts';
import { createAskWithKey } from '../ask-with-key.ts';
import { answer, noAnswer, type NoAnswer, type Reading } from '../reading.ts';
import { readTrouble } from '../read-trouble.ts';
import { sameForAll, type RouteTools, type StatusRoute, type Subject } from '../status-route.ts';
import { readHelixStreams, readHelixUsers } from './helix-answer.ts';

const WHO = 'Twitch';

/** A login that exists is not asked about again for a day. */
const KNOWN_FOR_MS = 24 * 60 * 60_000;
const MAX_KNOWN = 20_000;

/** Twitch with a key: a hundred channels a request. */
export function createTwitchHelix(tools: RouteTools, credentials: AppCredentials): StatusRoute {
  const askHelix = createAskWithKey(tools, WHO, 'https://id.twitch.tv/oauth2/token', credentials);
  /** Logins that exist, and until when that is believed: Helix does not tell who is offline from who is no more. */
  const known = new Map<string, number>();

  const ask = async (path: string): Promise<string | NoAnswer> => {
    const outcome = await askHelix(`https://api.twitch.tv/helix/${path}`);
    if ('type' in outcome) return outcome;
    const trouble = readTrouble(outcome, WHO);
    if (trouble !== undefined || !outcome.ok)
      return trouble ?? noAnswer('unreachable', `${WHO} did not answer.`, '');
    return outcome.value.status === 200
      ? outcome.value.text
      : noAnswer('odd-answer', `${WHO} has no such question any more.`, `HTTP ${outcome.value.status}`);
  };

  const findExisting = async (logins: readonly string[]): Promise<ReadonlySet<string> | undefined> => {
    const now = tools.clock.nowMs();
    const unsure = logins.filter((login) => (known.get(login) ?? 0) <= now);
    if (unsure.length > 0) {
      const text = await ask(`users?${unsure.map((login) => `login=${login}`).join('&')}`);
      const users = typeof text === 'string' ? readHelixUsers(text) : undefined;
      if (users === undefined) return undefined;
      if (known.size > MAX_KNOWN) known.clear();
      for (const login of users) known.set(login, now + KNOWN_FOR_MS);
    }
    return new Set(logins.filter((login) => (known.get(login) ?? 0) > now));
  };

  return {
    name: 'Twitch (Helix)',
    hostOf: () => 'api.twitch.tv',
    canRead: (subject) => subject.url.username !== undefined,
    batchSize: 100,
    concurrency: 2,
    spacingMs: 200,
    async read(subjects) {
      const logins = subjects.map(loginOf);
      const text = await ask(`streams?first=100&${logins.map((login) => `user_login=${login}`).join('&')}`);
      if (typeof text !== 'string') return sameForAll(subjects, text);
      const read = readHelixStreams(text);
      const odd = noAnswer('odd-answer', `${WHO} answered oddly.`, text);
      if (read === undefined) return sameForAll(subjects, odd);
      const unlisted = logins.filter((login) => !read.live.has(login));
      const existing = read.isWhole ? await findExisting(unlisted) : undefined;
      const notListed = (login: string) => (read.isWhole ? notLive(existing, login) : odd);
      const readingOf = (login: string): Reading => read.live.get(login) ?? notListed(login);
      return new Map(subjects.map((subject) => [subject.id, readingOf(loginOf(subject))]));
    },
  };
}

const loginOf = (subject: Subject) => subject.url.username ?? '';

function notLive(existing: ReadonlySet<string> | undefined, login: string): Reading {
  return existing === undefined || existing.has(login)
    ? answer('offline', 'Twitch does not list the channel as live.', 'helix: not listed')
    : answer('gone', `Twitch has no channel called ${login}.`, 'helix users: not listed');
}
