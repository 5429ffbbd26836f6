import { z } from 'zod';
import type { Logger } from '#shared/kernel/logger.ts';
import type { ChatMessage } from '../collect/chat-message.ts';
import type { Mark } from '../collect/inbox.ts';
import type { Timers } from '../timers.ts';
import { createChannelReader, PAGE, type ChannelReader } from './channel-reader.ts';
import type { DiscordRequest } from './discord-rest.ts';
import { Channel, DiscordMessage, isLater, snowflakeMs, Thread } from './discord-types.ts';
import { readDiscordMessage, type AllowedBots } from './read-discord-message.ts';

/** How a channel is read, its threads included. */
export type DiscordChannelRule = Readonly<{ id: string; bots: AllowedBots; threads: boolean }>;

export type DiscordChannelsParts = Readonly<{
  rules: readonly DiscordChannelRule[];
  ownId: () => string | undefined;
  request: DiscordRequest;
  mark: (channel: string) => string | undefined;
  receive: (messages: readonly ChatMessage[], mark?: Mark) => Promise<void>;
  timers: Timers;
  logger: Logger;
}>;

/** Reads the channels of the configuration and their threads. */
export type DiscordChannels = {
  readonly hear: (message: DiscordMessage) => void;
  /** A thread that there is; those of other channels are passed over. */
  readonly noteThread: (thread: Thread) => void;
  /** Reads everywhere what was said since it was last read. */
  readonly catchUp: () => Promise<void>;
  /** The channel of the configuration that a channel or thread belongs to. */
  readonly rootOf: (channel: string) => string | undefined;
  /** How many channels and threads are being caught up with. */
  readonly behind: () => number;
  readonly stop: () => void;
};

/** Threads that are followed; the longest quiet are forgotten first. Their marks stay on disk. */
const MAX_THREADS = 5_000;
const RETRY_MS = 5_000;

export function createDiscordChannels(parts: DiscordChannelsParts): DiscordChannels {
  const { rules, mark } = parts;
  const rulesById = new Map(rules.map((rule) => [rule.id, rule]));
  const marksAtStart = new Map(rules.map(({ id }) => [id, mark(id)]));
  const readers = new Map<string, ChannelReader>();
  const threads = createThreadBook((parent) => rulesById.get(parent)?.threads === true, readers);
  let catching = 0;
  let isStopped = false;

  const fetch = createHistory(parts, () => isStopped);
  const ruleOf = (channel: string) => rulesById.get(threads.parentOf(channel) ?? channel);
  const findBeginning = async (channel: string): Promise<string | undefined> => {
    const parent = threads.parentOf(channel);
    if (parent === undefined) return fetch.lastOf(channel);
    // What was said in a thread while nobody listened is newer than the parent's mark.
    return marksAtStart.get(parent) ?? threads.lastAtFirstSight(channel) ?? channel;
  };
  const readerOf = createReaders(parts, readers, {
    botsOf: (channel) => ruleOf(channel)?.bots ?? 'none',
    findBeginning,
    fetch,
  });
  const catchUpOne = async (channel: string): Promise<void> => {
    catching += 1;
    await readerOf(channel).catchUp();
    catching -= 1;
  };
  const noteClosed = async (id: string, from: string | undefined): Promise<readonly string[]> => {
    if (rulesById.get(id)?.threads !== true || from === undefined) return [];
    const closed = await fetch.closedThreads(id);
    return closed
      .filter((thread) => isLater(thread.last_message_id ?? '0', from) && threads.note(thread))
      .map((thread) => thread.id);
  };
  const catchUp = async (): Promise<void> => {
    const since = new Map(rules.map(({ id }) => [id, marksAtStart.get(id) ?? mark(id)]));
    // At once, before anything more is heard: whatever moves a mark now would hide what was said meanwhile.
    const reading = [...rulesById.keys(), ...threads.all()].map(catchUpOne);
    for (const [id, from] of since) reading.push(...(await noteClosed(id, from)).map(catchUpOne));
    await Promise.all(reading);
    parts.logger.info('caught up', { channels: rulesById.size });
  };
  return {
    hear: (message) => {
      if (ruleOf(message.channel_id) !== undefined) readerOf(message.channel_id).hear(message);
    },
    noteThread: (thread) => {
      if (threads.note(thread)) void catchUpOne(thread.id);
    },
    catchUp,
    rootOf: (channel) => ruleOf(channel)?.id,
    behind: () => catching,
    stop: () => (isStopped = true),
  };
}

/** Readers by channel or thread, made when one is first wanted. */
function createReaders(
  parts: DiscordChannelsParts,
  readers: Map<string, ChannelReader>,
  of: {
    readonly botsOf: (channel: string) => AllowedBots;
    readonly findBeginning: (channel: string) => Promise<string | undefined>;
    readonly fetch: ReturnType<typeof createHistory>;
  },
): (channel: string) => ChannelReader {
  const receive = (channel: string, messages: readonly DiscordMessage[], to?: Mark): Promise<void> => {
    const bots = of.botsOf(channel);
    const read = messages.flatMap((message) => readDiscordMessage(message, bots, parts.ownId()) ?? []);
    return parts.receive(read, to);
  };
  return (channel) => {
    const known = readers.get(channel);
    if (known !== undefined) return known;
    const reader = createChannelReader({
      channel,
      mark: () => parts.mark(channel),
      findBeginning: () => of.findBeginning(channel),
      fetchAfter: (id) => of.fetch.after(channel, id),
      fetchEdited: (id) => of.fetch.editedSince(channel, id),
      receive: (messages, to) => receive(channel, messages, to),
    });
    readers.set(channel, reader);
    return reader;
  };
}

/** Which thread belongs to which channel. */
function createThreadBook(isFollowed: (parent: string) => boolean, readers: Map<string, ChannelReader>) {
  const parents = new Map<string, string>();
  const lastAtFirstSight = new Map<string, string>();
  return {
    parentOf: (thread: string) => parents.get(thread),
    lastAtFirstSight: (thread: string) => lastAtFirstSight.get(thread),
    all: () => [...parents.keys()],
    /** @returns whether it is new, and of a channel whose threads are read */
    note({ id, parent_id: parent, last_message_id: last }: Thread): boolean {
      if (!isFollowed(parent) || parents.has(id)) return false;
      parents.set(id, parent);
      if (last != null) lastAtFirstSight.set(id, last);
      const [oldest] = parents.keys();
      if (parents.size > MAX_THREADS && oldest !== undefined) {
        for (const map of [parents, lastAtFirstSight, readers]) map.delete(oldest);
      }
      return true;
    },
  };
}

/** A channel's past, from REST. */
function createHistory({ request, timers, logger }: DiscordChannelsParts, isStopped: () => boolean) {
  /** Asks until Discord answers; undefined when it says no, or this program stops. */
  const ask = async <T>(
    path: `/${string}`,
    query: Readonly<Record<string, string>>,
    schema: z.ZodType<T>,
  ): Promise<T | undefined> => {
    for (;;) {
      if (isStopped()) return undefined;
      const answer = await request('GET', path, { query });
      if (answer.ok) {
        const read = schema.safeParse(answer.value);
        if (!read.success)
          logger.warn('Discord’s answer cannot be read', { path, issue: read.error.issues[0]?.message });
        return read.success ? read.data : undefined;
      }
      if (answer.error.reason !== 'away') {
        logger.error('a channel cannot be read; does the bot see it, and may it read its history?', {
          path,
          why: answer.error.words,
        });
        return undefined;
      }
      await new Promise<void>((resolve) => void timers.after(RETRY_MS, resolve));
    }
  };
  const messages = async (channel: string, query: Readonly<Record<string, string>>) => {
    const rows = await ask(`/channels/${channel}/messages`, query, z.array(z.unknown()).max(PAGE));
    return rows?.flatMap((row) => {
      const read = DiscordMessage.safeParse(row);
      return read.success ? [read.data] : [];
    });
  };
  return {
    after: (channel: string, id: string) => messages(channel, { after: id, limit: String(PAGE) }),
    /** Links are added to messages afterwards, too; the latest before the mark are looked at again. */
    async editedSince(channel: string, id: string): Promise<readonly DiscordMessage[]> {
      const before = await messages(channel, { before: (BigInt(id) + 1n).toString(), limit: '50' });
      const sinceMs = snowflakeMs(id);
      return (before ?? []).filter(
        ({ edited_timestamp: edited }) => edited != null && Date.parse(edited) >= sinceMs,
      );
    },
    async lastOf(channel: string): Promise<string | undefined> {
      const found = await ask(`/channels/${channel}`, {}, Channel);
      return found && (found.last_message_id ?? '0');
    },
    async closedThreads(channel: string): Promise<readonly Thread[]> {
      const schema = z.object({ threads: z.array(z.unknown()).max(PAGE) });
      const found = await ask(`/channels/${channel}/threads/archived/public`, { limit: '50' }, schema);
      return (found?.threads ?? []).flatMap((row) => {
        const read = Thread.safeParse(row);
        return read.success ? [read.data] : [];
      });
    },
  };
}
