import { ruleOfSettings } from '../channel-settings.ts';
import type { AnswerPort } from '../collect/collector-parts.ts';
import type { Collector } from '../collect/collector.ts';
import { signsOf, type Outcome } from '../collect/verdict.ts';
import type { Platform, PlatformState, PlatformSurroundings } from '../platform.ts';
import { readTwitchMessage } from './read-twitch-message.ts';
import { createSpeech, type Speech } from './speech.ts';
import { createTwitchBot } from './twitch-bot.ts';
import type { TwitchConfig } from './twitch-config.ts';
import { createWallTalk } from './wall-talk.ts';

export type TwitchLogin = { readonly username: string; readonly token: string };

/** Twitch's side of a worker. */
export function createTwitchPlatform(
  { config, login }: { readonly config: TwitchConfig; readonly login: TwitchLogin | undefined },
  surroundings: PlatformSurroundings,
): Platform {
  const { clock, timers, logger } = surroundings;
  const settings = new Map(config.channels.map((channel) => [channel.name, channel]));
  const bots = new Set(config.ignoredBots);
  const listeners = new Set<() => void>();
  let state: PlatformState = { type: 'connecting' };
  let collector: Pick<Collector, 'receive'> | undefined;

  const bot = createTwitchBot({
    ...{ channels: [...settings.keys()], login, server: config.server },
    onMessage(channel, tags, text) {
      const message = readTwitchMessage(channel, tags, text, clock.nowMs());
      if (message === undefined || bots.has(message.author)) return;
      talk.hear(message);
      void collector?.receive([message]);
    },
    onState(next) {
      state = next;
      if (next.type === 'reconnecting' || next.type === 'ended')
        logger.warn('Twitch', { state: next.type, words: next.words });
      for (const listener of listeners) listener();
    },
  });
  const speech = createSpeech({ send: bot.say, nowMs: clock.nowMs, timers });
  const talk = createWallTalk(config, speech, surroundings);
  const mayReply = (channel: string) => login !== undefined && settings.get(channel)?.reply === true;
  return {
    answers: createReplies(speech, mayReply, clock.nowMs),
    users: 'twitch_user',
    ruleOf(channel) {
      const found = settings.get(channel);
      return found && ruleOfSettings(found);
    },
    start(given) {
      collector = given;
      return bot.start();
    },
    lookAgain: () => undefined,
    state: () => state,
    onState: (listener) => void listeners.add(listener),
    async stop() {
      talk.stop();
      speech.stop();
      await bot.stop();
    },
  };
}

const WORDS: Readonly<Record<Outcome, string>> = {
  added: '✅ added',
  waiting: '🕒 waits for an operator',
  known: '🔁 is on the list already',
  ignored: '🚫 is not taken here',
  limited: '🐌 too many at once, try again in a minute',
  failed: '⚠️ could not be added',
};

/** Nobody waits longer for an answer in a chat. */
const STALE_MS = 10 * 60_000;

function createReplies(
  speech: Speech,
  mayReply: (channel: string) => boolean,
  nowMs: () => number,
): AnswerPort {
  return {
    async answer({ channel, author, atMs }, outcomes) {
      if (!mayReply(channel) || nowMs() - atMs > STALE_MS) return 'over';
      const words = signsOf(outcomes).map((outcome) => WORDS[outcome]);
      return (await speech.say(channel, `@${author} ${words.join(', ')}`)) ? 'over' : 'later';
    },
    // A line in chat cannot be taken back; the poster hears when it is saved.
    hold: () => Promise.resolve(),
  };
}
