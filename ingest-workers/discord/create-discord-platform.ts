import { z } from 'zod';
import { ruleOfSettings } from '../channel-settings.ts';
import type { AnswerPort } from '../collect/collector-parts.ts';
import type { Collector } from '../collect/collector.ts';
import type { Platform, PlatformState, PlatformSurroundings } from '../platform.ts';
import { createCommandAnswers } from './answer-commands.ts';
import { createDiscordBot, type DiscordState } from './discord-bot.ts';
import { createDiscordChannels } from './discord-channels.ts';
import type { DiscordConfig } from './discord-config.ts';
import { DiscordMessage, Interaction, Thread } from './discord-types.ts';
import { createReactionAnswers, DEFAULT_REACTIONS } from './give-reactions.ts';
import { createDiscordPosts } from './post-changes.ts';
import { COMMANDS } from './slash-commands.ts';

const Packet = z.object({ t: z.string().nullish(), d: z.unknown() });
const Ready = z.object({ user: z.object({ id: z.string() }), application: z.object({ id: z.string() }) });
const Threads = z.object({ threads: z.array(z.unknown()).max(10_000).default([]) });

const RETRY_MS = 10_000;
/** Events may be lost without anybody noticing; so the channels' past is looked at now and then all the same. */
const SWEEP_MS = 10 * 60_000;

/** Discord's side of a worker. */
export function createDiscordPlatform(
  { config, token }: { readonly config: DiscordConfig; readonly token: string },
  surroundings: PlatformSurroundings,
): Platform {
  const { timers, logger, clock } = surroundings;
  const settings = new Map(config.channels.map((channel) => [channel.id, channel]));
  const listeners = new Set<() => void>();
  let collector: Pick<Collector, 'receive' | 'kick'> | undefined;
  let account: { readonly user: string; readonly application: string } | undefined;
  let state: PlatformState = { type: 'connecting' };
  let stopSweep = () => undefined as void;
  let isStopped = false;

  const become = (next: DiscordState): void => {
    state = next.type === 'connected' ? { type: 'connected', behind: channels.behind() } : next;
    if (next.type !== 'connected') logger.warn('Discord', { state: next.type, words: next.words });
    for (const listener of listeners) listener();
  };
  const bot = createDiscordBot({
    token,
    api: config.api,
    onPacket: (packet) => hear(packet),
    onState: become,
  });
  const receive: Collector['receive'] = (messages, mark) =>
    collector?.receive(messages, mark) ?? Promise.resolve();
  const channels = createDiscordChannels({
    rules: config.channels,
    ownId: () => account?.user,
    request: bot.request,
    mark: surroundings.mark,
    receive,
    timers,
    logger,
  });
  const rootOf = (channel: string) => settings.get(channels.rootOf(channel) ?? channel);
  const commands = createCommandAnswers({
    request: bot.request,
    application: () => account?.application,
    catalogue: surroundings.catalogue,
    wall: surroundings.wall,
    isRead: (channel) => rootOf(channel) !== undefined,
    receive,
    nowMs: clock.nowMs,
  });
  const reactions = createReactionAnswers(
    bot.request,
    { ...DEFAULT_REACTIONS, ...config.reactions },
    (channel) => rootOf(channel)?.react === true,
  );
  const posts = createDiscordPosts(config.posts, bot.request, surroundings);

  const sweep = (): void => {
    stopSweep();
    if (isStopped) return;
    stopSweep = timers.after(SWEEP_MS, () => {
      void channels.catchUp();
      sweep();
    });
  };
  const begin = async (data: unknown): Promise<void> => {
    const ready = Ready.safeParse(data);
    if (!ready.success) return;
    account = { user: ready.data.user.id, application: ready.data.application.id };
    sweep();
    const caughtUp = channels.catchUp();
    if (config.commands) {
      const said = await bot.request('PUT', `/applications/${account.application}/commands`, {
        body: COMMANDS,
      });
      if (!said.ok) logger.warn('the slash commands could not be offered', { why: said.error.words });
    }
    await caughtUp;
    if (state.type === 'connected') become({ type: 'connected' });
  };
  const hear = (packet: unknown): void => {
    const read = Packet.safeParse(packet);
    if (!read.success) return;
    const { t, d } = read.data;
    if (t === 'READY') void begin(d);
    if (t === 'RESUMED') void channels.catchUp();
    if (t === 'MESSAGE_CREATE' || t === 'MESSAGE_UPDATE') withParsed(DiscordMessage, d, channels.hear);
    if (t === 'INTERACTION_CREATE') withParsed(Interaction, d, (asked) => void commands.hear(asked));
    if (t === 'THREAD_CREATE' || t === 'THREAD_UPDATE') withParsed(Thread, d, channels.noteThread);
    if (t === 'GUILD_CREATE' || t === 'THREAD_LIST_SYNC')
      withParsed(Threads, d, ({ threads }) => {
        for (const thread of threads) withParsed(Thread, thread, channels.noteThread);
      });
  };
  const answers: AnswerPort = {
    answer: (message, outcomes, mayBeHeld) =>
      (commands.isCommand(message) ? commands : reactions).answer(message, outcomes, mayBeHeld),
    hold: (message) => (commands.isCommand(message) ? commands : reactions).hold(message),
  };
  return {
    answers,
    users: 'discord_user',
    ruleOf(channel) {
      const found = rootOf(channel);
      return found && ruleOfSettings(found);
    },
    async start(given) {
      collector = given;
      while (!isStopped) {
        const failure = await bot.start();
        if (failure === undefined) return undefined;
        if (failure.reason !== 'away') return failure.words;
        become({ type: 'reconnecting', words: failure.words });
        await new Promise<void>((resolve) => void timers.after(RETRY_MS, resolve));
      }
      return undefined;
    },
    lookAgain: posts.lookAgain,
    state: () => (state.type === 'connected' ? { type: 'connected', behind: channels.behind() } : state),
    onState: (listener) => void listeners.add(listener),
    async stop() {
      isStopped = true;
      stopSweep();
      posts.stop();
      channels.stop();
      await bot.stop();
    },
  };
}

function withParsed<T>(schema: z.ZodType<T>, data: unknown, use: (value: T) => void): void {
  const read = schema.safeParse(data);
  if (read.success) use(read.data);
}
