import type { Clock } from '#shared/kernel/clock.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { ShownPush } from '#shared/protocol/worker-presence.ts';
import type { Timers } from '../../../timers.ts';
import type { OpenPush, PushSource } from '../../push-source.ts';
import { answer, type Answer } from '../../reading.ts';
import type { Subject } from '../../status-route.ts';
import { openEventSubLine, type EventSubLine } from './eventsub-line.ts';
import type { EventSubMessage } from './read-eventsub.ts';
import type { SubscribeFailure, Subscriber } from './subscribe.ts';
import type { OpenEventSubSocket } from './websocket-eventsub.ts';

export type EventSubParts = Readonly<{
  url: string;
  openSocket: OpenEventSubSocket;
  subscriber: Subscriber;
  clock: Clock;
  timers: Timers;
  random: () => number;
}>;

/** A session holds 300 subscriptions, two for each channel. How many a token may make is Twitch's to say, and often fewer. */
const MAX_CHANNELS = 150;
const USERS_A_REQUEST = 100;
/** A token that was refused is tried again after so long; what went wrong otherwise sooner. */
const REFUSED_MS = 10 * 60_000;
const RETRY_MS = 30_000;
/** Where there is no room for all, others are let in this often. */
const RESHUFFLE_MS = 10 * 60_000;

/** Hears from Twitch itself who goes live and who ends, of as many channels as there is room for. */
export const createTwitchEventSub =
  (parts: EventSubParts): OpenPush =>
  (onWord) => {
    const source = new TwitchEventSub(parts, onWord);
    return {
      want: (subjects) => source.want(subjects),
      shown: () => source.shown(),
      stop: () => source.stop(),
    };
  };

class TwitchEventSub implements PushSource {
  private readonly parts: EventSubParts;
  private readonly onWord: (id: StreamId, answer: Answer) => void;
  private wanted: readonly Subject[] = [];
  private line: EventSubLine | undefined;
  private session: string | undefined;
  private sessionSince = 0;
  /** Numbers of channels, by login; null for one that does not exist. */
  private readonly users = new Map<string, string | null>();
  private readonly subscribed = new Map<string, string>();
  private hasRoom = true;
  private isFilling = false;
  private refused: string | undefined;
  private words: string | undefined;
  private cancelRetry: () => void = () => undefined;

  constructor(parts: EventSubParts, onWord: TwitchEventSub['onWord']) {
    this.parts = parts;
    this.onWord = onWord;
  }

  want(subjects: readonly Subject[]): void {
    const named = subjects.filter(({ platform, url }) => platform === 'twitch' && url.username !== undefined);
    this.wanted = named.slice(0, MAX_CHANNELS);
    if (this.wanted.length === 0) return this.hangUp();
    if (this.refused !== undefined) return;
    if (this.line === undefined) return this.dial();
    if (this.isOutdated()) {
      this.hangUp();
      return this.dial();
    }
    void this.fill();
  }

  shown(): ShownPush {
    const { refused, session, words = '' } = this;
    const state = refused !== undefined ? 'refused' : session === undefined ? 'connecting' : 'listening';
    const said = refused ?? words;
    const base = { platform: 'twitch', state, channels: this.subscribed.size } as const;
    return said === '' ? base : { ...base, words: said.slice(0, 500) };
  }

  stop(): void {
    this.wanted = [];
    this.cancelRetry();
    this.hangUp();
  }

  private dial(): void {
    const { url, openSocket, timers, random, clock } = this.parts;
    this.line = openEventSubLine({
      ...{ url, openSocket, timers, random },
      onSession: (session) => {
        this.forget();
        this.session = session;
        this.sessionSince = clock.nowMs();
        this.words = undefined;
        void this.fill();
      },
      onLost: (words) => {
        this.forget();
        this.words = `Twitch’s own word is not heard; its channels are asked about. ${words}`;
      },
      onMessage: (message) => this.hear(message),
    });
  }

  private hangUp(): void {
    this.line?.close();
    this.line = undefined;
    this.forget();
  }

  private forget(): void {
    this.session = undefined;
    this.subscribed.clear();
    this.hasRoom = true;
  }

  /** There is no room, and others matter more now. */
  private isOutdated(): boolean {
    if (this.hasRoom || this.parts.clock.nowMs() - this.sessionSince < RESHUFFLE_MS) return false;
    return this.wanted
      .slice(0, this.subscribed.size)
      .some((subject) => !this.subscribed.has(loginOf(subject)));
  }

  private async fill(): Promise<void> {
    if (this.isFilling) return;
    this.isFilling = true;
    try {
      const failure = await this.subscribeAll();
      if (failure !== undefined) this.fail(failure);
    } finally {
      this.isFilling = false;
    }
  }

  private async subscribeAll(): Promise<SubscribeFailure | undefined> {
    for (;;) {
      const { session } = this;
      const subject = this.wanted.find((each) => this.isMissing(loginOf(each)));
      if (session === undefined || subject === undefined || !this.hasRoom) return undefined;
      const login = loginOf(subject);
      if (!this.users.has(login)) {
        const failure = await this.findUsers();
        if (failure !== undefined) return failure;
        continue;
      }
      const userId = this.users.get(login) ?? '';
      const made = await this.parts.subscriber.subscribe(session, userId);
      // The session may have ended meanwhile, and with it what was made.
      if (session !== this.session) continue;
      if (!made.ok) return made.error;
      this.subscribed.set(login, userId);
      this.hasRoom = made.value;
    }
  }

  private isMissing = (login: string) => !this.subscribed.has(login) && this.users.get(login) !== null;

  private async findUsers(): Promise<SubscribeFailure | undefined> {
    const unknown = this.wanted.map(loginOf).filter((login) => !this.users.has(login));
    const logins = unknown.slice(0, USERS_A_REQUEST);
    const found = await this.parts.subscriber.findUsers(logins);
    if (!found.ok) return found.error;
    for (const login of logins) this.users.set(login, found.value.get(login) ?? null);
    return undefined;
  }

  private fail({ reason, words }: SubscribeFailure): void {
    this.words = words;
    if (reason === 'full') {
      this.hasRoom = false;
      return;
    }
    if (reason === 'key') {
      this.refused = words;
      this.hangUp();
    }
    this.cancelRetry();
    this.cancelRetry = this.parts.timers.after(reason === 'key' ? REFUSED_MS : RETRY_MS, () => {
      this.refused = undefined;
      this.want(this.wanted);
    });
  }

  private hear(message: EventSubMessage): void {
    if (message.type === 'online' || message.type === 'offline') {
      const subject = this.wanted.find((each) => loginOf(each) === message.login);
      if (subject !== undefined) this.onWord(subject.id, answerOf(message));
    }
    if (message.type !== 'revoked') return;
    this.words = `Twitch took back a subscription: ${message.why}.`;
    for (const [login, userId] of this.subscribed)
      if (userId === message.userId) {
        this.subscribed.delete(login);
        // Asked for again it would be taken back again.
        this.users.set(login, null);
      }
    if (message.why === 'authorization_revoked')
      this.fail({ reason: 'key', words: 'The token for EventSub was taken back.' });
  }
}

const loginOf = ({ url }: Subject) => url.username ?? '';

function answerOf(message: Extract<EventSubMessage, { type: 'online' | 'offline' }>): Answer {
  if (message.type === 'offline')
    return answer('offline', 'Twitch says that the broadcast has ended.', 'eventsub stream.offline');
  const { startedAt } = message;
  const details = startedAt === undefined ? {} : { startedAt };
  return answer('live', 'Twitch says that the channel is live.', 'eventsub stream.online', details);
}
