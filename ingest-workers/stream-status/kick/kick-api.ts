import type { StreamId } from '#shared/model/ids.ts';
import type { AppCredentials } from '../app-token.ts';
import { createAskWithKey } from '../ask-with-key.ts';
import { answer, noAnswer, type NoAnswer, type Reading } from '../reading.ts';
import { readTrouble } from '../read-trouble.ts';
import type { Readings, RouteTools, StatusRoute, Subject } from '../status-route.ts';
import { readKickChannels } from './kick-answer.ts';

const WHO = 'Kick';

/** Statuses by which Kick says that one of the channels does not exist, without saying which. */
const wrongSlug = new Set([400, 404, 422]);

/**
 * Kick with a key: fifty channels a request. One that does not exist spoils the request without being named, so it is found
 * by halves, and asked alone later.
 */
export function createKickApi(tools: RouteTools, credentials: AppCredentials): StatusRoute {
  const askKick = createAskWithKey(tools, WHO, 'https://id.kick.com/oauth/token', credentials);
  const gone = answer('gone', 'Kick has no such channel.', 'channels: refused');
  /** Slugs that spoiled a request lately; bounded by forgetting all. */
  const suspects = new Set<string>();

  const ask = async (slugs: readonly string[]): Promise<ReadonlyMap<string, Reading> | NoAnswer> => {
    const outcome = await askKick(
      `https://api.kick.com/public/v1/channels?${slugs.map((slug) => `slug=${slug}`).join('&')}`,
    );
    if ('type' in outcome) return outcome;
    if (outcome.ok && wrongSlug.has(outcome.value.status)) return splitAndAsk(slugs);
    const trouble = readTrouble(outcome, WHO);
    if (trouble !== undefined || !outcome.ok)
      return trouble ?? noAnswer('unreachable', `${WHO} did not answer.`, '');
    return (
      readKickChannels(outcome.value.text) ??
      noAnswer('odd-answer', `${WHO} answered oddly.`, outcome.value.text)
    );
  };

  const splitAndAsk = async (slugs: readonly string[]): Promise<ReadonlyMap<string, Reading> | NoAnswer> => {
    const [only] = slugs;
    if (slugs.length <= 1) {
      if (only !== undefined) suspects.add(only);
      return new Map(only === undefined ? [] : [[only, gone]]);
    }
    const middle = Math.ceil(slugs.length / 2);
    const halves = [await ask(slugs.slice(0, middle)), await ask(slugs.slice(middle))];
    const trouble = halves.find((half) => 'type' in half);
    return trouble ?? new Map(halves.flatMap((half) => ('type' in half ? [] : [...half])));
  };

  return {
    name: 'Kick (API)',
    hostOf: () => 'api.kick.com',
    canRead: (subject) => subject.url.username !== undefined,
    batchSize: 50,
    concurrency: 1,
    spacingMs: 500,
    read: (subjects) => {
      if (suspects.size > 5000) suspects.clear();
      return readGroups(groupsOf(subjects, suspects), ask);
    },
  };
}

/** Those that spoiled a request lately are asked alone. */
function groupsOf(
  subjects: readonly Subject[],
  suspects: ReadonlySet<string>,
): readonly (readonly Subject[])[] {
  const together = subjects.filter((subject) => !suspects.has(slugOf(subject)));
  const alone = subjects.filter((subject) => suspects.has(slugOf(subject))).map((subject) => [subject]);
  return together.length > 0 ? [together, ...alone] : alone;
}

/** A channel that does not exist would have spoiled the request; so this one was only not understood. */
const unlisted = noAnswer(
  'odd-answer',
  `${WHO} left this channel out of its answer.`,
  'channels: not listed',
);

async function readGroups(
  groups: readonly (readonly Subject[])[],
  ask: (slugs: readonly string[]) => Promise<ReadonlyMap<string, Reading> | NoAnswer>,
): Promise<Readings> {
  const readings = new Map<StreamId, Reading>();
  for (const group of groups) {
    const read = await ask(group.map(slugOf));
    for (const subject of group)
      readings.set(subject.id, 'type' in read ? read : (read.get(slugOf(subject)) ?? unlisted));
  }
  return readings;
}

const slugOf = (subject: Subject) => subject.url.username ?? '';
