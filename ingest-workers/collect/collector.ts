import type { ChatMessage } from './chat-message.ts';
import { applyDecided } from './apply-decided.ts';
import { createDecider, type Decider } from './decider.ts';
import { giveAnswer } from './give-answer.ts';
import { createHolder } from './hold-waiting.ts';
import type { CollectorParts } from './collector-parts.ts';
import type { Mark } from './inbox.ts';
import { createPump } from './pump.ts';

/**
 * From a message to a stream and an answer. What `receive` has taken is on disk, and is brought to its end whatever
 * happens to this program: every step can be repeated.
 */
export type Collector = {
  /**
   * Reads messages in their order and takes those with links. Resolves when they are on disk; a mark that is handed along
   * says up to where its channel is read. A mark behind which nothing was taken may be forgotten in a crash.
   */
  readonly receive: (messages: readonly ChatMessage[], mark?: Mark) => Promise<void>;
  /** Something may go on: the catalogue is there, the platform is back. */
  readonly kick: () => void;
  /** Resolves when everything that was taken has its answer. */
  readonly idle: () => Promise<void>;
  /** Puts down what is in its hands, and returns. The inbox stays open. */
  readonly stop: () => Promise<void>;
};

type Arrival = {
  readonly messages: readonly ChatMessage[];
  readonly mark: Mark | undefined;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** Who waits for the network at once: for short links, and for the server's and the platform's answers. */
const MAX_RESOLVING = 16;
const MAX_ANSWERING = 1_000;
const MAX_APPLYING = 100;
const RETRY_MS = 5_000;

export function createCollector(parts: CollectorParts): Collector {
  const { inbox, timers } = parts;
  const decider = createDecider(parts);
  const holder = createHolder(parts);
  const common = { timers, retryMs: RETRY_MS };

  const answering = createPump({
    ...common,
    find: (limit, after) => inbox.applied(limit, after),
    limit: MAX_ANSWERING,
    work: (entry) => giveAnswer(parts, holder, entry),
    finish(rows) {
      inbox.finish(rows);
      holder.finished(rows);
    },
  });
  const applying = createPump({
    ...common,
    find: (limit, after) => inbox.decided(limit, after),
    limit: MAX_APPLYING,
    work: (entry) => applyDecided(parts, decider, entry),
    finish: (applied, firstRow) => {
      inbox.apply(applied);
      answering.kick(firstRow);
    },
  });
  const resolving = createPump({
    ...common,
    find: (limit, after) => (parts.isReady() ? inbox.received(limit, after) : []),
    limit: MAX_RESOLVING,
    work: (entry) => decider.decideLater(entry),
    finish: (decisions, firstRow) => {
      inbox.decide(decisions);
      applying.kick(firstRow);
    },
  });
  const pumps = [resolving, applying, answering];
  const kick = () => {
    pumps.forEach((pump) => pump.kick());
    holder.kick();
  };
  claimDecided(parts, decider);
  const intake = createIntake(parts, decider, kick);
  kick();
  return {
    receive: intake.receive,
    kick,
    async idle() {
      await Promise.all(pumps.map((pump) => pump.idle()));
      while (inbox.waitingAfter(0) !== undefined) {
        await new Promise<void>((resolve) => void timers.after(5, resolve));
        await Promise.all(pumps.map((pump) => pump.idle()));
      }
    },
    async stop() {
      intake.flush();
      holder.stop();
      await Promise.all(pumps.map((pump) => pump.stop()));
    },
  };
}

/** What an earlier run decided to add is on its way into the catalogue. */
function claimDecided({ inbox }: CollectorParts, decider: Decider): void {
  for (let after = 0; ;) {
    const entries = inbox.decided(1_000, after);
    for (const { verdicts } of entries) decider.claim(verdicts);
    const last = entries.at(-1);
    if (last === undefined) return;
    after = last.row;
  }
}

/** Gathers what arrives in one turn of the event loop, and puts it on disk together. */
function createIntake({ inbox, tally }: CollectorParts, decider: Decider, kick: () => void) {
  let arrivals: Arrival[] = [];
  const marks = new Map<string, string>();
  let scheduled: NodeJS.Immediate | undefined;

  const flush = () => {
    scheduled = undefined;
    const batch = arrivals;
    arrivals = [];
    try {
      for (const { mark } of batch) if (mark !== undefined) marks.set(mark.channel, mark.last);
      const messages = batch.flatMap((arrival) => arrival.messages);
      messages.forEach(() => tally.read());
      const taken = messages.flatMap((message) => decider.read(message) ?? []);
      if (taken.length > 0 || marks.size > 0) {
        inbox.take(
          taken,
          [...marks].map(([channel, last]) => ({ channel, last })),
        );
        marks.clear();
      }
      for (const { resolve } of batch) resolve();
      if (taken.length > 0) kick();
    } catch (error) {
      // The disk does not take it. Nobody is told that it was taken.
      for (const { reject } of batch) reject(error);
    }
  };
  return {
    receive: (messages: readonly ChatMessage[], mark?: Mark): Promise<void> =>
      new Promise((resolve, reject) => {
        arrivals.push({ messages, mark, resolve, reject });
        scheduled ??= setImmediate(flush);
      }),
    flush() {
      if (scheduled === undefined) return;
      clearImmediate(scheduled);
      flush();
    },
  };
}
