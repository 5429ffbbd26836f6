import type { ChatMessage } from '../collect/chat-message.ts';
import type { PlatformSurroundings } from '../platform.ts';
import { announcementOf, heardOn, nothingHeard, stepHeard } from './announce-heard.ts';
import { castVote, closeVote, readVote, type Vote } from './count-votes.ts';
import type { Speech } from './speech.ts';
import type { TwitchConfig } from './twitch-config.ts';

/** What chat and the wall have to say to each other: what is heard now, and what viewers want to hear. */
export type WallTalk = {
  readonly hear: (message: ChatMessage) => void;
  readonly stop: () => void;
};

const LOOK_MS = 500;

export function createWallTalk(
  { announce, vote: voting }: Pick<TwitchConfig, 'announce' | 'vote'>,
  speech: Speech,
  surroundings: PlatformSurroundings,
): WallTalk {
  const { wall, catalogue, clock, timers, listen, logger } = surroundings;
  let heard = nothingHeard;
  let vote: Vote = { type: 'closed' };
  let stopLooking = () => undefined as void;

  const sayIn = (channels: readonly string[], text: string) => {
    for (const channel of channels) void speech.say(channel, text);
  };
  const lookAtHeard = (): void => {
    const shown = wall();
    if (announce === undefined || shown === undefined) return;
    const times = { afterMs: announce.afterSeconds * 1_000, everyMs: announce.everySeconds * 1_000 };
    const step = stepHeard(heard, heardOn(shown), times, clock.nowMs());
    heard = step.state;
    const stream = step.say && catalogue().streams.get(catalogue().resolve(step.say));
    if (stream !== undefined) sayIn(announce.channels, announcementOf(announce.text, stream));
  };
  const lookAtVote = (): void => {
    const shown = wall();
    if (voting === undefined || shown === undefined) return;
    const closed = closeVote(vote, shown, voting.least, clock.nowMs());
    vote = closed.vote;
    const { result } = closed;
    if (result === undefined) return;
    void listen(result.tile).then((refusal) => {
      if (refusal === undefined)
        sayIn(voting.channels, `🔊 ${result.votes} of ${result.voters} voted for it.`);
      else logger.warn('what was voted for is not heard', { why: refusal });
    });
  };
  const look = (): void => {
    lookAtHeard();
    lookAtVote();
    stopLooking = timers.after(LOOK_MS, look);
  };
  if (announce !== undefined || voting !== undefined) look();
  return {
    hear({ channel, text, authorId }) {
      const shown = wall();
      if (voting === undefined || shown === undefined || !voting.channels.includes(channel)) return;
      const tile = readVote(text, voting.command, shown, catalogue());
      vote = castVote(vote, authorId, tile?.id, voting.windowSeconds * 1_000, clock.nowMs());
    },
    stop: () => stopLooking(),
  };
}
