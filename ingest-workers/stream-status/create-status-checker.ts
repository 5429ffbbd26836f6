import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { takeFitting } from '../take-fitting.ts';
import type { Timers } from '../timers.ts';
import type { Switches } from '../watch-switches.ts';
import { readWorkerPresence, type ShownChecker } from '#shared/protocol/worker-presence.ts';
import type { Metric } from '../team-program.ts';
import { createCheckBook, type CheckBook, type Round } from './check-book.ts';
import { createCheckTally } from './check-tally.ts';
import type { Routes } from './create-routes.ts';
import { findSubjects, type Found } from './find-subjects.ts';
import type { Policy } from './policy.ts';
import { presentCheckers, seeCheckers, SHOW_EVERY_MS, type Sightings } from './present-checkers.ts';
import { rankForPush } from './rank-for-push.ts';
import type { OpenPush, PushSource } from './push-source.ts';
import type { Answer } from './reading.ts';
import { createReadPages } from './read-pages.ts';
import { statusMetrics } from './status-metrics.ts';
import { newWishes, type CheckerPresence } from './status-presence.ts';
import type { Readings } from './status-route.ts';
import type { StatusCatalogue } from './status-view.ts';
import { createStatusWriter, type StatusWriter } from './status-writer.ts';

export type StatusCheckerParts = Readonly<{
  /** Another than any other checker's: the replica's id will do. */
  name: string;
  catalogue: StatusCatalogue;
  /** Where it shows itself, and sees others. Alone nobody is seen, and every stream is this checker's. */
  presence: CheckerPresence;
  routes: Routes;
  /** Platforms that tell by themselves who goes live. */
  push?: readonly OpenPush[];
  policy: Policy;
  /** What admins have switched off: it is not asked about. Without it, nothing is. */
  switches?: Pick<Switches, 'isOff' | 'version'>;
  clock: Clock;
  timers: Timers;
  /** In [0, 1). */
  random: () => number;
  logger: Logger;
}>;

/** Asks about the streams of a catalogue for as long as it is not stopped, and writes down what changed. */
export type StatusChecker = {
  readonly checkNow: (ids: readonly StreamId[]) => void;
  /** What it does, for presence, metrics and people. */
  readonly shown: () => ShownChecker;
  readonly metrics: () => readonly Metric[];
  /** Statuses written since it started. */
  readonly written: () => number;
  /** Sends no more, and waits for what is under way. */
  readonly stop: () => Promise<void>;
};

const TICK_MS = 1000;
/** What a person's word or a full disk kept from being written is looked at again this often. */
const RECONCILE_MS = 60_000;
/** Whom platforms are asked to tell of is thought over this often. */
const RANK_MS = 15_000;
/** What may be shown of hosts in trouble. */
const TROUBLES_BYTES = 5000;
/** A trouble is shown for so long after its rest, unless the host answers before. */
const TROUBLE_SHOWN_MS = 10 * 60_000;

export function createStatusChecker(parts: StatusCheckerParts): StatusChecker {
  const { catalogue, presence, timers, clock } = parts;
  const run = new Run(parts);
  const stopListening = catalogue.onCatalogue(() => (run.isStale = true));
  let cancel: () => void = () => undefined;
  let isStopped = false;
  const tick = (): void => {
    run.tick(clock.nowMs());
    cancel = timers.after(TICK_MS, tick);
  };
  tick();
  return {
    checkNow: (ids) => run.book.checkNow(ids, clock.nowMs()),
    shown: () => run.shown(clock.nowMs()),
    metrics: () => run.metrics(clock.nowMs()),
    written: () => run.writer.written(),
    async stop() {
      if (isStopped) return;
      isStopped = true;
      cancel();
      stopListening();
      presence.show(null);
      run.stop();
      await Promise.all(run.running);
    },
  };
}

class Run {
  readonly book: CheckBook;
  readonly writer: StatusWriter;
  readonly running = new Set<Promise<void>>();
  isStale = true;
  private switched = 0;
  private readonly parts: StatusCheckerParts;
  private found: Found = { streams: [], known: new Map() };
  private sightings: Sightings = new Map();
  private checkers: readonly string[] = [];
  private heard: ReadonlyMap<number, number> = new Map();
  private readonly tally = createCheckTally();
  private readonly reads = createReadPages();
  private readonly push: readonly PushSource[];
  private rankedAt = -Infinity;
  private beat = 0;
  private lastReadAt: number | undefined;
  private shownAt = -Infinity;
  private reconciledAt: number;

  constructor(parts: StatusCheckerParts) {
    const { routes, policy, random, catalogue, clock, logger } = parts;
    this.parts = parts;
    this.book = createCheckBook(routes, policy, random);
    this.writer = createStatusWriter(catalogue, clock, logger);
    this.reconciledAt = clock.nowMs();
    this.push = (parts.push ?? []).map((open) => open((id, answer) => this.hear(id, answer)));
  }

  stop(): void {
    for (const source of this.push) source.stop();
  }

  tick(nowMs: number): void {
    this.meetOthers(nowMs);
    const { switches } = this.parts;
    const switched = switches?.version() ?? 0;
    if (this.isStale || switched !== this.switched) {
      this.isStale = false;
      this.switched = switched;
      this.found = findSubjects(this.parts.catalogue.catalogue(), this.parts.name, this.checkers);
      const asked = this.found.streams.filter(({ subject }) => switches?.isOff(subject.platform) !== true);
      this.book.setStreams(asked, nowMs);
    }
    if (nowMs - this.rankedAt >= RANK_MS) this.rank(nowMs);
    for (const round of this.book.take(nowMs)) this.send(round);
    if (nowMs - this.reconciledAt < RECONCILE_MS) return;
    this.reconciledAt = nowMs;
    this.track(this.reconcile());
  }

  /** Tells the platforms that speak by themselves of whom one wants to hear most. */
  private rank(nowMs: number): void {
    if (this.push.length === 0) return;
    this.rankedAt = nowMs;
    const ranked = rankForPush(this.found.streams, this.book.memoryOf);
    for (const source of this.push) source.want(ranked);
  }

  private hear(id: StreamId, answer: Answer): void {
    const nowMs = this.parts.clock.nowMs();
    const judged = this.book.tell(id, answer, nowMs);
    if (judged === undefined) return;
    this.lastReadAt = nowMs;
    this.reads.note(id, answer, nowMs);
    if (judged.before.belief !== judged.after.belief)
      this.track(this.writer.say(id, judged.after, this.found.known.get(id)));
  }

  private meetOthers(nowMs: number): void {
    const { presence, name } = this.parts;
    if (nowMs - this.shownAt >= SHOW_EVERY_MS) {
      this.shownAt = nowMs;
      this.beat += 1;
      presence.show({ checker: this.shown(nowMs), reads: this.reads.next() });
    }
    const others = readWorkerPresence(presence.others());
    const shown = [...others.values()].flatMap(({ checker }) => (checker === undefined ? [] : [checker]));
    this.sightings = seeCheckers(this.sightings, shown, nowMs);
    const checkers = presentCheckers(this.sightings, name, nowMs);
    if (checkers.join() !== this.checkers.join()) {
      this.checkers = checkers;
      this.book.shareHosts(checkers.length);
      this.isStale = true;
    }
    const wishes = newWishes(others, this.heard);
    this.heard = wishes.heard;
    if (wishes.ids.length > 0) this.book.checkNow(wishes.ids, nowMs);
  }

  private send(round: Round): void {
    const { clock, logger } = this.parts;
    const settle = (readings: Readings) => {
      const nowMs = clock.nowMs();
      const judged = this.book.settle(round, readings, nowMs);
      this.lastReadAt = nowMs;
      this.tally.note(round.host, readings);
      for (const [id, reading] of readings)
        if (reading.type === 'answer') this.reads.note(id, reading, nowMs);
      const saying = judged
        .filter(({ before, after }) => before.belief !== after.belief)
        .map(({ id, after }) => this.writer.say(id, after, this.found.known.get(id)));
      return Promise.all(saying);
    };
    this.track(
      round.route.read(round.subjects).then(settle, (error: unknown) => {
        // A bug in a route costs one request, not the checker.
        logger.error('A reader of statuses failed.', { route: round.route.name, error: String(error) });
        return settle(new Map());
      }),
    );
  }

  private async reconcile(): Promise<void> {
    for (const { subject } of this.found.streams) {
      const memory = this.book.memoryOf(subject.id);
      if (memory !== undefined) await this.writer.say(subject.id, memory, this.found.known.get(subject.id));
    }
  }

  private track(work: Promise<unknown>): void {
    const done: Promise<void> = work.then(
      () => void this.running.delete(done),
      (error: unknown) => {
        this.running.delete(done);
        this.parts.logger.error('A status could not be written.', { error: String(error) });
      },
    );
    this.running.add(done);
  }

  shown(nowMs: number): ShownChecker {
    const troubles = [...this.book.hosts()].flatMap(([host, { restsUntil, trouble }]) =>
      trouble === undefined || restsUntil < nowMs - TROUBLE_SHOWN_MS
        ? []
        : [{ host, cause: trouble.cause, reason: trouble.reason.slice(0, 200), until: restsUntil }],
    );
    const { waiting, lagMs } = this.book.queue(nowMs);
    return {
      name: this.parts.name,
      beat: this.beat,
      streams: this.found.streams.length,
      asked: this.tally.asked(),
      checked: this.tally.checked(),
      failed: this.tally.failed(),
      changed: this.writer.written(),
      queue: waiting,
      lagMs,
      ...(this.lastReadAt === undefined ? {} : { lastReadAt: this.lastReadAt }),
      troubles: [...takeFitting(troubles, TROUBLES_BYTES)],
      push: this.push.map((source) => source.shown()),
    };
  }

  metrics(nowMs: number): readonly Metric[] {
    return statusMetrics(this.shown(nowMs), this.tally, this.book.hosts(), nowMs);
  }
}
