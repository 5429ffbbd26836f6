import { z } from 'zod';
import { MAX_TEXT, type ChatMessage } from '../collect/chat-message.ts';

/** tmi.js turns tags of `1` and `0` into booleans, whatever they stand for. */
const tag = z
  .union([
    z.string(),
    z.number(),
    z.literal(true).transform(() => '1'),
    z.literal(false).transform(() => '0'),
  ])
  .transform(String);

/** What we read of a chat message's tags. Source: dev.twitch.tv/docs/chat/irc, "PRIVMSG tags". */
const Tags = z.object({
  id: tag,
  'user-id': tag,
  username: z.string().max(100),
  'tmi-sent-ts': tag.optional(),
});

/** @returns undefined for what no person said */
export function readTwitchMessage(
  channel: string,
  tags: unknown,
  text: string,
  nowMs: number,
): ChatMessage | undefined {
  const read = Tags.safeParse(tags);
  if (!read.success) return undefined;
  const { id, username } = read.data;
  const sentMs = Number(read.data['tmi-sent-ts']);
  return {
    channel: channel.replace(/^#/, '').toLowerCase(),
    id: id.slice(0, 100),
    version: '',
    text: text.slice(0, MAX_TEXT),
    authorId: read.data['user-id'].slice(0, 100),
    author: username,
    atMs: Number.isSafeInteger(sentMs) && sentMs > 0 ? sentMs : nowMs,
  };
}
