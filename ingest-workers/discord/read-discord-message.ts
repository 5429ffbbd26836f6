import { MAX_TEXT, type ChatMessage } from '../collect/chat-message.ts';
import type { DiscordMessage, Embed } from './discord-types.ts';

/** Which bots and webhooks are read in a channel, beside people: none, all, or these ids. */
export type AllowedBots = 'none' | 'all' | readonly string[];

/** Posted by somebody, a reply, and what commands of other bots answer. Joins, pins and the like say nothing. */
const READ_TYPES = new Set([0, 19, 20, 23]);

/**
 * What a Discord message says, as the bots read it: its text, forwarded text, and for other bots the embeds that they
 * wrote themselves. Embeds that Discord makes of people's links are not read: they quote whatever the page says.
 * @returns undefined for what is not read
 */
export function readDiscordMessage(
  message: DiscordMessage,
  bots: AllowedBots,
  ownId: string | undefined,
): ChatMessage | undefined {
  const { author } = message;
  if (author.id === ownId || !READ_TYPES.has(message.type)) return undefined;
  const isProgram = author.bot === true || message.webhook_id !== undefined;
  if (isProgram && !isAllowed(bots, author.id)) return undefined;
  const snapshots = (message.message_snapshots ?? []).map((snapshot) => snapshot.message);
  const parts = [
    message.content,
    ...(isProgram ? message.embeds.flatMap(textsOfEmbed) : []),
    ...snapshots.flatMap(({ content, embeds }) => [content, ...embeds.filter(isRich).flatMap(textsOfEmbed)]),
  ];
  const edited = message.edited_timestamp == null ? NaN : Date.parse(message.edited_timestamp);
  const at = Date.parse(message.timestamp);
  return {
    channel: message.channel_id,
    id: message.id,
    version: Number.isNaN(edited) ? '' : `e${edited}`,
    text: parts
      .filter((part) => part !== '')
      .join('\n')
      .slice(0, MAX_TEXT),
    authorId: author.id,
    author: author.username,
    atMs: Number.isNaN(at) || at < 0 ? 0 : at,
  };
}

const isAllowed = (bots: AllowedBots, id: string) => bots === 'all' || (bots !== 'none' && bots.includes(id));
const isRich = ({ type }: Embed) => type === undefined || type === 'rich';

function textsOfEmbed(embed: Embed): readonly string[] {
  if (!isRich(embed)) return [];
  const fields = (embed.fields ?? []).map(({ name, value }) => `${name}: ${value}`);
  return [embed.title ?? '', embed.url ?? '', embed.description ?? '', ...fields];
}
