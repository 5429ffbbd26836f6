import { answer, noAnswer, type Reading } from '../reading.ts';
import { readTrouble } from '../read-trouble.ts';
import { readOne, type RouteTools, type StatusRoute, type Subject } from '../status-route.ts';
import { findRumbleEmbed, readRumbleEmbed } from './rumble-answer.ts';

const WHO = 'Rumble';
const DAY_MS = 24 * 60 * 60_000;

/** Rumble: the page once, to learn the number that its player has, then what the player asks. */
export function createRumbleEmbed(tools: RouteTools): StatusRoute {
  const get = (url: string, keepMs: number) =>
    tools.fetch({ url, allowHost: (host) => host === 'rumble.com' || host === 'www.rumble.com', keepMs });

  /** The player's number. A video keeps its own; a channel's live page leads to another every time. */
  const findEmbed = async ({ url }: Subject, isChannel: boolean): Promise<string | Reading> => {
    if (url.identity.startsWith('embed/')) return url.videoId ?? '';
    const outcome = await get(url.url, isChannel ? 0 : DAY_MS);
    const trouble = readTrouble(outcome, WHO);
    if (trouble !== undefined || !outcome.ok)
      return trouble ?? noAnswer('unreachable', `${WHO} did not answer.`, '');
    const { status, text } = outcome.value;
    if (status !== 200) return answer('gone', 'Rumble has no such page.', `HTTP ${status}`);
    const embed = findRumbleEmbed(text);
    if (embed !== undefined) return embed;
    return isChannel && /<link rel="?canonical"? href="?https:\/\/rumble\.com\/(?:c|user)\//.test(text)
      ? answer('offline', 'The channel’s live page shows no broadcast.', 'no player on the page')
      : noAnswer('odd-answer', 'Rumble’s page shows no player.', text.slice(0, 100));
  };

  const read = async (subject: Subject): Promise<Reading> => {
    const isChannel = subject.url.identity.startsWith('channel/');
    const embed = await findEmbed(subject, isChannel);
    if (typeof embed !== 'string') return embed;
    const outcome = await get(
      `https://rumble.com/embedJS/u3/?request=video&ver=2&v=${encodeURIComponent(embed)}`,
      0,
    );
    const trouble = readTrouble(outcome, WHO);
    if (trouble !== undefined || !outcome.ok)
      return trouble ?? noAnswer('unreachable', `${WHO} did not answer.`, '');
    return outcome.value.status === 200
      ? readRumbleEmbed(outcome.value.text, isChannel)
      : answer('gone', 'Rumble has no such video.', `HTTP ${outcome.value.status}`);
  };
  return {
    name: 'Rumble (web)',
    hostOf: () => 'rumble.com',
    canRead: () => true,
    batchSize: 1,
    concurrency: 1,
    spacingMs: 1500,
    read: (subjects) => readOne(subjects, read),
  };
}
