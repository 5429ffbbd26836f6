import type { StreamId } from '#shared/model/ids.ts';
import type { Memory } from './belief.ts';
import type { Routes } from './create-routes.ts';
import { intervalOf, withJitter } from './due-times.ts';
import {
  hostAnswered,
  hostStarted,
  hostTroubled,
  isResting,
  mayStart,
  newHost,
  type HostState,
} from './host-state.ts';
import { judgeReading, judgeTold } from './judge-reading.ts';
import type { Policy } from './policy.ts';
import { isHostTrouble, type Answer, type NoAnswer, type Reading } from './reading.ts';
import type { Readings, StatusRoute, Subject } from './status-route.ts';

/** A stream as it is handed to a checker. */
export type Checked = Readonly<{ subject: Subject; memory: Memory; priority?: number }>;

/** One request to be sent now. */
export type Round = Readonly<{ route: StatusRoute; host: string; subjects: readonly Subject[] }>;

/** What became of a stream by a reading. */
export type Judged = Readonly<{ id: StreamId; before: Memory; after: Memory }>;

type Entry = {
  readonly subject: Subject;
  memory: Memory;
  priority: number | undefined;
  dueAt: number;
  intervalMs: number;
  isRunning: boolean;
  isUrgent: boolean;
};

/**
 * Who is asked about next, and what is believed. It sends nothing and waits for nothing: whoever owns it takes rounds,
 * sends them, and settles them with what came back. So a day can be played through in seconds.
 */
export type CheckBook = {
  /** Exactly these are checked from now on. Of those that were there already, what is remembered stays. */
  readonly setStreams: (streams: readonly Checked[], nowMs: number) => void;
  /** So many checkers ask the same hosts, this one among them: each takes its part of what a host is asked. */
  readonly shareHosts: (checkers: number) => void;
  /** Asks about these as soon as their hosts allow. */
  readonly checkNow: (ids: readonly StreamId[], nowMs: number) => void;
  readonly take: (nowMs: number) => readonly Round[];
  /** Must be called once for every round that was taken. */
  readonly settle: (round: Round, readings: Readings, nowMs: number) => readonly Judged[];
  /** What a platform said by itself. Undefined if that stream is not looked after. */
  readonly tell: (id: StreamId, answer: Answer, nowMs: number) => Judged | undefined;
  readonly memoryOf: (id: StreamId) => Memory | undefined;
  readonly hosts: () => ReadonlyMap<string, HostState>;
  /** How many are due and not under way, and by how many ms the latest of them is late. */
  readonly queue: (nowMs: number) => Readonly<{ waiting: number; lagMs: number }>;
};

/** Streams that are new to a checker are spread over this time, so that a start is no storm. */
const SPREAD_NEW_MS = 30_000;

/** Hosts that are well and idle are forgotten when there are more than these. */
const MAX_HOSTS = 5000;

type Book = Readonly<{
  entries: Map<StreamId, Entry>;
  hosts: Map<string, HostState>;
  routes: Routes;
  policy: Policy;
  random: () => number;
  /** Who asks the same hosts. */
  crowd: { checkers: number };
}>;

export function createCheckBook(routes: Routes, policy: Policy, random: () => number): CheckBook {
  const book: Book = { entries: new Map(), hosts: new Map(), routes, policy, random, crowd: { checkers: 1 } };
  const { entries, hosts } = book;
  return {
    setStreams(streams, nowMs) {
      const kept = new Set(streams.map(({ subject }) => subject.id));
      for (const id of entries.keys()) if (!kept.has(id)) entries.delete(id);
      for (const { subject, memory, priority } of streams) {
        const entry = entries.get(subject.id);
        if (entry !== undefined) entry.priority = priority;
        else entries.set(subject.id, newEntry(subject, memory, priority, firstDue(memory, nowMs, random())));
      }
      if (hosts.size <= MAX_HOSTS) return;
      for (const [name, host] of hosts) if (host.running === 0 && host.restsUntil === 0) hosts.delete(name);
    },
    shareHosts: (checkers) => void (book.crowd.checkers = Math.max(1, checkers)),
    checkNow(ids, nowMs) {
      for (const id of ids) {
        const entry = entries.get(id);
        if (entry === undefined) continue;
        entry.isUrgent = true;
        entry.dueAt = nowMs;
      }
    },
    take: (nowMs) => [...groupDue(book, nowMs)].flatMap((group) => takeFrom(book, group, nowMs)),
    settle({ host, subjects }, readings, nowMs) {
      hosts.set(host, settleHost(hostState(book, host), readings, nowMs, random()));
      return subjects.flatMap(({ id }) => {
        const entry = entries.get(id);
        return entry === undefined ? [] : [settleEntry(book, entry, readings.get(id), nowMs)];
      });
    },
    tell(id, told, nowMs) {
      const entry = entries.get(id);
      return entry === undefined ? undefined : tellEntry(book, entry, told, nowMs);
    },
    memoryOf: (id) => entries.get(id)?.memory,
    hosts: () => hosts,
    queue(nowMs) {
      const late = [...entries.values()].flatMap(({ isRunning, dueAt }) =>
        isRunning || dueAt > nowMs ? [] : [nowMs - dueAt],
      );
      return { waiting: late.length, lagMs: late.reduce((most, each) => Math.max(most, each), 0) };
    },
  };
}

const hostState = ({ hosts }: Book, host: string): HostState => hosts.get(host) ?? newHost;

/** The first way whose host is well; if all are resting there is none now. */
const findRoute = (book: Book, subject: Subject, nowMs: number): StatusRoute | undefined =>
  book.routes[subject.platform].find(
    (route) => route.canRead(subject) && !isResting(hostState(book, route.hostOf(subject)), nowMs),
  );

function takeFrom(book: Book, { route, host, due }: Group, nowMs: number): readonly Round[] {
  const rounds: Round[] = [];
  const { checkers } = book.crowd;
  const concurrency = Math.max(1, Math.floor(route.concurrency / checkers));
  due.sort((a, b) => Number(b.isUrgent) - Number(a.isUrgent) || lateness(b, nowMs) - lateness(a, nowMs));
  while (
    isWorthAsking(due, route, book.policy, nowMs) &&
    mayStart(hostState(book, host), concurrency, nowMs)
  ) {
    const chosen = due.splice(0, route.batchSize);
    if (chosen.length < route.batchSize)
      chosen.push(...findRiders(book, route, host, route.batchSize - chosen.length, nowMs));
    for (const entry of chosen) entry.isRunning = true;
    book.hosts.set(host, hostStarted(hostState(book, host), route.spacingMs * checkers, nowMs));
    rounds.push({ route, host, subjects: chosen.map(({ subject }) => subject) });
  }
  return rounds;
}

function settleEntry(book: Book, entry: Entry, reading: Reading | undefined, nowMs: number): Judged {
  const before = entry.memory;
  if (reading !== undefined)
    entry.memory = judgeReading(before, reading, entry.subject.platform, nowMs, book.policy);
  entry.isRunning = false;
  entry.isUrgent = false;
  plan(book, entry, nowMs);
  return { id: entry.subject.id, before, after: entry.memory };
}

/** A request that is under way goes on; what it brings is judged beside what was told. */
function tellEntry(book: Book, entry: Entry, told: Answer, nowMs: number): Judged {
  const before = entry.memory;
  entry.memory = judgeTold(before, told, entry.subject.platform, nowMs, book.policy);
  plan(book, entry, nowMs);
  return { id: entry.subject.id, before, after: entry.memory };
}

/** When it is asked about next, by all that is known of it now. */
function plan(book: Book, entry: Entry, nowMs: number): void {
  const { policy, random } = book;
  const { platform } = entry.subject;
  const isBatched = (findRoute(book, entry.subject, nowMs)?.batchSize ?? 1) > 1;
  const facts = {
    platform,
    isBatched,
    ...(entry.priority === undefined ? {} : { priority: entry.priority }),
  };
  entry.intervalMs = intervalOf(entry.memory, facts, nowMs, policy);
  entry.dueAt = nowMs + withJitter(entry.intervalMs, random(), policy);
}

function newEntry(subject: Subject, memory: Memory, priority: number | undefined, dueAt: number): Entry {
  return { subject, memory, priority, dueAt, intervalMs: SPREAD_NEW_MS, isRunning: false, isUrgent: false };
}

/** What was never asked about comes first; what another checker had asks soon, and not all at once. */
function firstDue(memory: Memory, nowMs: number, random: number): number {
  const isNew = memory.belief.status === 'unknown' && memory.lastLiveAt === undefined;
  return isNew ? nowMs : nowMs + SPREAD_NEW_MS * random;
}

type Group = {
  readonly route: StatusRoute;
  readonly host: string;
  readonly due: Entry[];
};

/** Everything that is due and not under way, by the host that would be asked. */
function groupDue(book: Book, nowMs: number): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const entry of book.entries.values()) {
    if (entry.isRunning || entry.dueAt > nowMs) continue;
    const route = findRoute(book, entry.subject, nowMs);
    if (route === undefined) continue;
    const host = route.hostOf(entry.subject);
    const key = `${route.name} ${host}`;
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { route, host, due: [] }));
    group.due.push(entry);
  }
  return groups.values();
}

/** Those that are due soon and may ride along in a request that has room. */
function findRiders(
  book: Book,
  route: StatusRoute,
  host: string,
  room: number,
  nowMs: number,
): readonly Entry[] {
  return [...book.entries.values()]
    .filter((entry) => {
      const leftMs = entry.dueAt - nowMs;
      if (entry.isRunning || leftMs <= 0 || leftMs >= entry.intervalMs / 2) return false;
      return findRoute(book, entry.subject, nowMs) === route && route.hostOf(entry.subject) === host;
    })
    .sort((a, b) => lateness(b, nowMs) - lateness(a, nowMs))
    .slice(0, room);
}

/** How late, in intervals: so that under pressure the short intervals go first. */
const lateness = (entry: Entry, nowMs: number) => (nowMs - entry.dueAt) / entry.intervalMs;

/** A request that carries many waits a little for more. */
function isWorthAsking(due: readonly Entry[], route: StatusRoute, policy: Policy, nowMs: number): boolean {
  if (due.length === 0) return false;
  if (route.batchSize === 1 || due.length >= route.batchSize) return true;
  return due.some(({ isUrgent, memory, dueAt }) => {
    const isNew = memory.askedAt === undefined && memory.belief.status === 'unknown';
    return isUrgent || nowMs - dueAt >= (isNew ? policy.gatherNewMs : policy.gatherMs);
  });
}

/** A host is in trouble when nobody in the request got an answer and the reason is the host's. */
function settleHost(host: HostState, readings: Readings, nowMs: number, random: number): HostState {
  const all = [...readings.values()];
  const troubles = all.filter(
    (reading): reading is NoAnswer => reading.type === 'no-answer' && isHostTrouble(reading),
  );
  const [first] = troubles;
  if (first === undefined || troubles.length < all.length) return hostAnswered(host);
  return hostTroubled(host, first, nowMs, random);
}
