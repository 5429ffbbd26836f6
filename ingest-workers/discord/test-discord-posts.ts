/** For tests: what a fake Discord holds: channels, threads, messages and reactions. */

export const GUILD_ID = '900000000000000003';

export type StoredMessage = {
  readonly id: string;
  readonly channel_id: string;
  content: string;
  edited_timestamp: string | null;
  readonly [field: string]: unknown;
};

type StoredThread = { readonly id: string; readonly parent_id: string; isClosed: boolean };
/** Tells whoever is connected. */
type Dispatch = (event: string, data: unknown) => void;

const EPOCH = 1_420_070_400_000;

export class DiscordPosts {
  readonly channels: readonly string[];
  private readonly dispatch: Dispatch;
  private readonly messages: Map<string, StoredMessage[]>;
  private readonly threads = new Map<string, StoredThread>();
  /** Emoji by `channel/message`. */
  private readonly reactions = new Map<string, string[]>();
  private count = 0;

  constructor(channels: readonly string[], dispatch: Dispatch) {
    this.channels = channels;
    this.dispatch = dispatch;
    this.messages = new Map(channels.map((channel) => [channel, []]));
  }

  nextId(): string {
    this.count += 1;
    return ((BigInt(Date.now() - EPOCH) << 22n) + BigInt(this.count)).toString();
  }

  in(channel: string): readonly StoredMessage[] | undefined {
    return this.messages.get(channel);
  }

  post(channel: string, content: string, more: Readonly<Record<string, unknown>> = {}): string {
    const message: StoredMessage = {
      ...{ id: this.nextId(), channel_id: channel, guild_id: GUILD_ID, content, embeds: [], type: 0 },
      ...{ author: { id: '77', username: 'ann', global_name: 'Ann' }, timestamp: new Date().toISOString() },
      edited_timestamp: null,
      ...more,
    };
    const stored = this.messages.get(channel);
    if (stored === undefined) throw new Error(`no channel ${channel}`);
    stored.push(message);
    this.dispatch('MESSAGE_CREATE', message);
    return message.id;
  }

  edit(channel: string, id: string, content: string): void {
    const message = this.messages.get(channel)?.find((stored) => stored.id === id);
    if (message === undefined) throw new Error(`no message ${id}`);
    message.content = content;
    message.edited_timestamp = new Date(Date.now() + 1_000).toISOString();
    this.dispatch('MESSAGE_UPDATE', { ...message });
  }

  openThread(parent: string): string {
    const thread = { id: this.nextId(), parent_id: parent, isClosed: false };
    this.threads.set(thread.id, thread);
    this.messages.set(thread.id, []);
    this.dispatch('THREAD_CREATE', this.show(thread));
    return thread.id;
  }

  closeThread(id: string): void {
    const thread = this.threads.get(id);
    if (thread !== undefined) thread.isClosed = true;
  }

  closedThreads(parent: string): readonly unknown[] {
    const all = [...this.threads.values()];
    return all.filter((one) => one.isClosed && one.parent_id === parent).map((one) => this.show(one));
  }

  /** As the gateway tells it to whoever begins. */
  guild() {
    const open = [...this.threads.values()].filter(({ isClosed }) => !isClosed);
    return {
      ...{ id: GUILD_ID, name: 'Streets', member_count: 2, owner_id: '1', large: false, unavailable: false },
      ...{ channels: this.channels.map((id) => ({ id, type: 0, name: `c${id}` })), features: [] },
      ...{ threads: open.map((thread) => this.show(thread)), guild_scheduled_events: [] },
      ...{ members: [], roles: [], emojis: [], stickers: [], presences: [], voice_states: [] },
      stage_instances: [],
    };
  }

  /** @returns false when there is no such message */
  react(channel: string, message: string, emoji: string, isThere: boolean): boolean {
    if (this.messages.get(channel)?.some(({ id }) => id === message) !== true) return false;
    const others = this.reactionsTo(channel, message).filter((other) => other !== emoji);
    this.reactions.set(`${channel}/${message}`, isThere ? [...others, emoji] : others);
    return true;
  }

  reactionsTo(channel: string, id: string): string[] {
    return this.reactions.get(`${channel}/${id}`) ?? [];
  }

  private show({ id, parent_id }: StoredThread) {
    const last = this.messages.get(id)?.at(-1)?.id ?? null;
    return {
      ...{ id, parent_id, type: 11, name: `t${id}`, guild_id: GUILD_ID, owner_id: '77' },
      ...{ message_count: 1, member_count: 1, last_message_id: last },
      thread_metadata: {
        ...{ archived: false, auto_archive_duration: 60, locked: false },
        archive_timestamp: new Date().toISOString(),
      },
    };
  }
}
