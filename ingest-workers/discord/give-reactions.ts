import type { AnswerPort } from '../collect/collector-parts.ts';
import { signsOf, type Sign } from '../collect/verdict.ts';
import type { DiscordRequest } from './discord-rest.ts';

/** The emoji of each sign. One of a server is written `name:id`. */
export type Reactions = Readonly<Record<Sign, string>>;

export const DEFAULT_REACTIONS: Reactions = {
  added: '✅',
  waiting: '🕒',
  known: '🔁',
  ignored: '🚫',
  limited: '🐌',
  failed: '⚠️',
  held: '⏳',
};

/** Tells posters by reactions on their messages. A reaction that is there already stays as it is. */
export function createReactionAnswers(
  request: DiscordRequest,
  reactions: Reactions,
  isWanted: (channel: string) => boolean,
): AnswerPort {
  const own = (channel: string, message: string, sign: Sign) =>
    `/channels/${channel}/messages/${message}/reactions/${encodeURIComponent(reactions[sign])}/@me` as const;
  return {
    async answer({ channel, id }, outcomes, mayBeHeld) {
      if (!isWanted(channel)) return 'over';
      for (const sign of signsOf(outcomes)) {
        const put = await request('PUT', own(channel, id, sign));
        if (!put.ok && put.error.reason === 'away') return 'later';
        // The message is gone, or reactions are not allowed there: nobody is left to be told.
        if (!put.ok) return 'over';
      }
      if (mayBeHeld) await request('DELETE', own(channel, id, 'held'));
      return 'over';
    },
    async hold({ channel, id }) {
      if (isWanted(channel)) await request('PUT', own(channel, id, 'held'));
    },
  };
}
