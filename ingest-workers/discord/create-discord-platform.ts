import { z } from 'zod';
import { ruleOfSettings } from '../channel-settings.ts';
import type { ChatMessage } from '../collect/chat-message.ts';
import type { AnswerPort } from '../collect/collector-parts.ts';
import type { Collector } from '../collect/collector.ts';
import type { Platform, PlatformState, PlatformSurroundings } from '../platform.ts';
import { createCommandAnswers, type CommandAnswers } from './answer-commands.ts';
import { createDiscordBot, type DiscordBot, type DiscordState } from './discord-bot.ts';
import { createDiscordChannels, type DiscordChannels } from './discord-channels.ts';
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

export type DiscordAccess = { readonly config: DiscordConfig; readonly token: string };

/** Discord’s side of a worker. */
export function createDiscordPlatform(access: DiscordAccess, surroundings: PlatformSurroundings): Platform {
  const desk = new DiscordDesk(access, surroundings);
  const posts = createDiscordPosts(access.config.posts, desk.bot.request, surroundings);
  return {
    answers: desk.answers,
    users: 'discord_user',
    ruleOf(channel) {
      const found = desk.rootOf(channel);
      return found && ruleOfSettings(found);
    },
    start: (collector) => desk.start(collector),
    lookAgain: posts.lookAgain,
    state: () => desk.state(),
    onState: (listener) => void desk.listeners.add(listener),
    async stop() {
      posts.stop();
      await desk.stop();
    },
  };
}

/** The bot with its channels and commands, and what comes in from Discord for each of them. */
class DiscordDesk {
  readonly bot: DiscordBot;
  readonly answers: AnswerPort;
  readonly listeners = new Set<() => void>();
  private readonly config: DiscordConfig;
  private readonly surroundings: PlatformSurroundings;
  private readonly channels: DiscordChannels;
  private readonly commands: CommandAnswers;
  private readonly settings: ReadonlyMap<string, DiscordConfig['channels'][number]>;
  private collector: Pick<Collector, 'receive' | 'kick'> | undefined;
  private account: { readonly user: string; readonly application: string } | undefined;
  private now: PlatformState = { type: 'connecting' };
  private stopSweep: () => void = () => undefined;
  private isStopped = false;

  constructor({ config, token }: DiscordAccess, surroundings: PlatformSurroundings) {
    const { timers, logger, mark, catalogue, wall, clock } = surroundings;
    this.config = config;
    this.surroundings = surroundings;
    this.settings = new Map(config.channels.map((channel) => [channel.id, channel]));
    const onPacket = (packet: unknown) => this.hear(packet);
    const onState = (state: DiscordState) => this.become(state);
    this.bot = createDiscordBot({ token, api: config.api, onPacket, onState });
    const receive: Collector['receive'] = async (messages, to) => this.collector?.receive(messages, to);
    const { request } = this.bot;
    this.channels = createDiscordChannels({
      ...{ rules: config.channels, ownId: () => this.account?.user },
      ...{ request, mark, receive, timers, logger },
    });
    this.commands = createCommandAnswers({
      ...{ request, application: () => this.account?.application, catalogue, wall, receive },
      ...{ isRead: (channel) => this.rootOf(channel) !== undefined, nowMs: clock.nowMs },
      takesMedia: (channel) => this.rootOf(channel)?.directMedia === true,
    });
    const emoji = { ...DEFAULT_REACTIONS, ...config.reactions };
    const reactions = createReactionAnswers(
      request,
      emoji,
      (channel) => this.rootOf(channel)?.react === true,
    );
    const portOf = (message: ChatMessage) => (this.commands.isCommand(message) ? this.commands : reactions);
    this.answers = {
      answer: (message, outcomes, mayBeHeld) => portOf(message).answer(message, outcomes, mayBeHeld),
      hold: (message) => portOf(message).hold(message),
    };
  }

  rootOf(channel: string) {
    return this.settings.get(this.channels.rootOf(channel) ?? channel);
  }

  state(): PlatformState {
    if (this.now.type !== 'connected') return this.now;
    return { type: 'connected', behind: this.channels.behind() };
  }

  async start(collector: Pick<Collector, 'receive' | 'kick'>): Promise<string | undefined> {
    this.collector = collector;
    while (!this.isStopped) {
      const failure = await this.bot.start();
      if (failure === undefined) return undefined;
      if (failure.reason !== 'away') return failure.words;
      this.become({ type: 'reconnecting', words: failure.words });
      await new Promise<void>((resolve) => void this.surroundings.timers.after(RETRY_MS, resolve));
    }
    return undefined;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.stopSweep();
    this.channels.stop();
    await this.bot.stop();
  }

  private become(next: DiscordState): void {
    // Whoever ends the line is not told that it broke.
    if (this.isStopped) return;
    this.now = next.type === 'connected' ? { type: 'connected', behind: 0 } : next;
    if (next.type !== 'connected')
      this.surroundings.logger.warn('Discord', { state: next.type, words: next.words });
    for (const listener of this.listeners) listener();
  }

  private hear(packet: unknown): void {
    const read = Packet.safeParse(packet);
    if (!read.success) return;
    const { t, d } = read.data;
    const { channels } = this;
    const note = (thread: Thread) => channels.noteThread(thread);
    if (t === 'READY') withParsed(Ready, d, (ready) => void this.begin(ready));
    if (t === 'RESUMED') void channels.catchUp();
    if (t === 'MESSAGE_CREATE' || t === 'MESSAGE_UPDATE') withParsed(DiscordMessage, d, channels.hear);
    if (t === 'INTERACTION_CREATE') withParsed(Interaction, d, (asked) => void this.commands.hear(asked));
    if (t === 'THREAD_CREATE' || t === 'THREAD_UPDATE') withParsed(Thread, d, note);
    if (t === 'GUILD_CREATE' || t === 'THREAD_LIST_SYNC')
      withParsed(Threads, d, ({ threads }) => threads.forEach((thread) => withParsed(Thread, thread, note)));
  }

  private async begin({ user, application }: z.infer<typeof Ready>): Promise<void> {
    this.account = { user: user.id, application: application.id };
    this.sweep();
    const caughtUp = this.channels.catchUp();
    if (this.config.commands) {
      const said = await this.bot.request('PUT', `/applications/${application.id}/commands`, {
        body: COMMANDS,
      });
      if (!said.ok)
        this.surroundings.logger.warn('the slash commands could not be offered', { why: said.error.words });
    }
    await caughtUp;
    for (const listener of this.listeners) listener();
  }

  private sweep(): void {
    this.stopSweep();
    if (this.isStopped) return;
    this.stopSweep = this.surroundings.timers.after(SWEEP_MS, () => {
      void this.channels.catchUp();
      this.sweep();
    });
  }
}

function withParsed<T>(schema: z.ZodType<T>, data: unknown, handle: (value: T) => void): void {
  const read = schema.safeParse(data);
  if (read.success) handle(read.data);
}
