import { systemClock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import { ActorId } from '#shared/model/ids.ts';
import {
  createInMemoryReplicaStore,
  createMemoryDisk,
  type MemoryDisk,
} from '#shared/replica/in-memory-replica-store.ts';
import { openReplica, type Replica } from '#shared/replica/replica.ts';
import { systemTimers } from '../timers.ts';
import type { ChatMessage } from './chat-message.ts';
import type { AnswerPort, CollectorParts } from './collector-parts.ts';
import { createTally } from './collector-tally.ts';
import { createCollector, type Collector } from './collector.ts';
import type { Inbox } from './inbox.ts';
import { savedOnDisk } from './saved-watch.ts';
import { openSqliteInbox } from './sqlite-inbox.ts';
import type { Outcome } from './verdict.ts';

/** For tests: a collector with a replica in memory and a platform that notes what it is asked to say. */

export const TEST_BOT = ActorId.parse('service:discord');
export const quiet: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type NotedAnswer = {
  readonly id: string;
  readonly outcomes: readonly Outcome[];
  readonly mayBeHeld: boolean;
};

export type TestPlatform = AnswerPort & {
  readonly answers: NotedAnswer[];
  readonly held: string[];
  /** While set, the platform cannot be reached. */
  isAway: boolean;
};

export function createTestPlatform(): TestPlatform {
  const platform: TestPlatform = {
    answers: [],
    held: [],
    isAway: false,
    answer({ id }, outcomes, mayBeHeld) {
      if (platform.isAway) return Promise.resolve('later');
      platform.answers.push({ id, outcomes, mayBeHeld });
      return Promise.resolve('over');
    },
    hold({ id }) {
      platform.held.push(id);
      return Promise.resolve();
    },
  };
  return platform;
}

export type TestWorker = {
  readonly collector: Collector;
  readonly replica: Replica;
  readonly inbox: Inbox;
  readonly platform: TestPlatform;
};

export type TestWorkerOptions = Partial<CollectorParts> & {
  readonly disk?: MemoryDisk;
  readonly inboxFile?: string;
};

export async function startTestWorker(options: TestWorkerOptions = {}): Promise<TestWorker> {
  const { disk = createMemoryDisk(), inboxFile = ':memory:', ...given } = options;
  const inbox = openSqliteInbox({ file: inboxFile, clock: systemClock, logger: quiet });
  const replica = must(
    await openReplica({
      store: createInMemoryReplicaStore(disk),
      actor: TEST_BOT,
      role: 'service',
      clock: systemClock,
    }),
  );
  const platform = createTestPlatform();
  const collector = createCollector({
    inbox,
    replica,
    actor: () => TEST_BOT,
    saved: savedOnDisk,
    isReady: () => true,
    resolveShort: () => Promise.resolve(fail({ words: 'nobody is asked in this test', retryable: true })),
    platform,
    ruleOf: () => ({ moderated: false, directMedia: false }),
    users: 'discord_user',
    authorLimit: { messages: 100_000, windowMs: 60_000 },
    copy: undefined,
    waitsForSheet: false,
    tally: createTally(),
    timers: systemTimers,
    nowMs: () => Date.now(),
    logger: quiet,
    ...given,
  });
  return { collector, replica, inbox, platform };
}

let count = 0;

export function say(text: string, more: Partial<ChatMessage> = {}): ChatMessage {
  count += 1;
  return {
    channel: 'street',
    id: String(count).padStart(6, '0'),
    version: '',
    text,
    authorId: '77',
    author: 'ann',
    atMs: Date.UTC(2026, 5, 1) + count,
    ...more,
  };
}

export const linksIn = (replica: Pick<Replica, 'catalogue'>): readonly string[] =>
  [...replica.catalogue().streams.values()].map(({ link }) => link).sort();

export function must<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
