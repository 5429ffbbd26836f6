import type { Timers } from '../../../timers.ts';
import { readEventSub, type EventSubMessage } from './read-eventsub.ts';
import type { EventSubSocket, OpenEventSubSocket } from './websocket-eventsub.ts';

export type LineParts = Readonly<{
  url: string;
  openSocket: OpenEventSubSocket;
  timers: Timers;
  /** In [0, 1): lines that broke together do not come back together. */
  random: () => number;
  /** A new session: nothing is subscribed to yet. */
  onSession: (session: string) => void;
  /** The session is over; another is tried by itself. */
  onLost: (words: string) => void;
  onMessage: (message: EventSubMessage) => void;
}>;

/**
 *     opening ──welcome──▶ listening ──reconnect──▶ listening, and opening another ──its welcome──▶ listening there
 *        ▲                     │
 *        └──── later ◀─────────┴── closed, or silent for longer than it may be
 */
export type EventSubLine = { readonly close: () => void };

const WELCOME_MS = 10_000;
/** How much later than promised a sign of life may come. */
const GRACE_MS = 5000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 2 * 60_000;
/** Messages come at least once: those that were heard before are known by their ids. */
const MAX_KNOWN_IDS = 500;

/** Keeps one session of EventSub open until it is closed. */
export function openEventSubLine(parts: LineParts): EventSubLine {
  const line = new Line(parts);
  line.open(parts.url);
  return { close: () => line.close() };
}

type Visit = { readonly socket: EventSubSocket; cancelWatch: () => void; isWelcome: boolean };

class Line {
  private readonly parts: LineParts;
  private readonly knownIds = new Set<string>();
  /** The session that is listened to, and one that is to take its place. */
  private current: Visit | undefined;
  private next: Visit | undefined;
  private failures = 0;
  private isClosed = false;
  private cancelPause: () => void = () => undefined;

  constructor(parts: LineParts) {
    this.parts = parts;
  }

  open(url: string): void {
    const visit: Visit = {
      isWelcome: false,
      cancelWatch: () => undefined,
      socket: this.parts.openSocket(url, {
        hear: (text) => this.hear(visit, text),
        ended: (words) => this.end(visit, words),
      }),
    };
    this.next = visit;
    this.watch(visit, WELCOME_MS, 'It did not greet us.');
  }

  close(): void {
    this.isClosed = true;
    this.cancelPause();
    for (const visit of [this.current, this.next]) this.drop(visit);
  }

  private hear(visit: Visit, text: string): void {
    if (visit !== this.current && visit !== this.next) return;
    const message = readEventSub(text);
    if (message === undefined) return;
    if (message.type === 'welcome') this.welcome(visit, message);
    visit.cancelWatch();
    this.watch(visit, this.silenceMs + GRACE_MS, 'It fell silent.');
    if (this.knownIds.has(message.id)) return;
    this.knownIds.add(message.id);
    const [oldest] = this.knownIds;
    if (this.knownIds.size > MAX_KNOWN_IDS && oldest !== undefined) this.knownIds.delete(oldest);
    if (message.type === 'reconnect') this.moveTo(message.url);
    else if (message.type !== 'welcome') this.parts.onMessage(message);
  }

  private silenceMs = WELCOME_MS;

  private welcome(visit: Visit, { session, silenceMs }: Extract<EventSubMessage, { type: 'welcome' }>): void {
    if (visit.isWelcome) return;
    visit.isWelcome = true;
    this.failures = 0;
    this.silenceMs = silenceMs;
    const before = this.current;
    this.current = visit;
    this.next = undefined;
    // Whoever was asked to move keeps what was subscribed to.
    if (before === undefined) this.parts.onSession(session);
    else this.drop(before);
  }

  /** The old line is listened to until the new one greets. */
  private moveTo(url: string): void {
    if (!isTheirs(url, this.parts.url) || this.next !== undefined) return;
    this.open(url);
  }

  private end(visit: Visit, words: string): void {
    visit.cancelWatch();
    if (this.isClosed) return;
    if (visit === this.next) this.next = undefined;
    else if (visit === this.current) this.current = undefined;
    else return;
    // A move that failed costs nothing while the old line is open; one under way goes on.
    if (this.current !== undefined || this.next !== undefined) return;
    this.parts.onLost(words);
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures);
    this.failures = Math.min(this.failures + 1, 10);
    this.cancelPause = this.parts.timers.after(pauseMs * (0.75 + this.parts.random() / 2), () =>
      this.open(this.parts.url),
    );
  }

  private watch(visit: Visit, ms: number, words: string): void {
    visit.cancelWatch = this.parts.timers.after(ms, () => {
      visit.socket.close();
      this.end(visit, words);
    });
  }

  private drop(visit: Visit | undefined): void {
    visit?.cancelWatch();
    visit?.socket.close();
  }
}

/** Nobody leads us away from Twitch. */
function isTheirs(url: string, home: string): boolean {
  const [to, from] = [new URL(url), new URL(home)];
  const isSameSite = to.hostname === from.hostname || to.hostname.endsWith('.wss.twitch.tv');
  return to.protocol === from.protocol && isSameSite && to.username === '' && to.password === '';
}
