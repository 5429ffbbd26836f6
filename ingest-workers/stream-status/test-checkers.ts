import { z } from 'zod';
import type { Logger } from '#shared/kernel/logger.ts';
import { ActorId } from '#shared/model/ids.ts';
import { Platform } from '#shared/model/stream.ts';
import { createInMemoryReplicaStore, createMemoryDisk } from '#shared/replica/in-memory-replica-store.ts';
import { openReplica, type Replica } from '#shared/replica/replica.ts';
import type { Switches } from '../watch-switches.ts';
import type { Timers } from '../timers.ts';
import { createStatusChecker, type StatusChecker } from './create-status-checker.ts';
import type { Routes } from './create-routes.ts';
import { defaultPolicy } from './policy.ts';
import type { OpenPush } from './push-source.ts';
import { noAnswer, type Reading } from './reading.ts';
import type { CheckerPresence } from './status-presence.ts';
import type { StatusRoute, Subject } from './status-route.ts';

const START = Date.UTC(2026, 7, 1, 12);

/** A clock and timers that go on when a test says so. */
export function createManualTime() {
  let nowMs = START;
  let waiting: { at: number; work: () => void }[] = [];
  const timers: Timers = {
    after(ms, work) {
      const entry = { at: nowMs + ms, work };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((each) => each !== entry);
      };
    },
  };
  return {
    clock: { nowMs: () => nowMs },
    timers,
    /** Lets time pass in steps of a second, and what follows from it happen. */
    async pass(seconds: number): Promise<void> {
      for (let n = 0; n < seconds; n += 1) {
        nowMs += 1000;
        const due = waiting.filter(({ at }) => at <= nowMs);
        waiting = waiting.filter(({ at }) => at > nowMs);
        for (const { work } of due) work();
        for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

export type ManualTime = ReturnType<typeof createManualTime>;

export async function openCatalogue(time: ManualTime): Promise<Replica> {
  const opened = await openReplica({
    store: createInMemoryReplicaStore(createMemoryDisk()),
    actor: ActorId.parse('service:status'),
    role: 'service',
    clock: time.clock,
  });
  if (!opened.ok) throw new Error(opened.error.words);
  return opened.value;
}

export type FakePlatform = {
  /** What is said of a stream, by its name; offline if nothing is. */
  readonly says: Map<string, Reading>;
  /** Set: the first way answers everything so. */
  firstSays: Reading | undefined;
  readonly asked: {
    readonly checker: string;
    readonly way: string;
    readonly name: string;
    readonly at: number;
  }[];
};

export const createFakePlatform = (): FakePlatform => ({ says: new Map(), firstSays: undefined, asked: [] });

const nobody = noAnswer('odd-answer', 'The test says nothing of it.', '');

/** Two ways to every platform, the first of which can be put in trouble. */
function fakeRoutes(checker: string, platform: FakePlatform, time: ManualTime): Routes {
  const way = (name: string): StatusRoute => ({
    name,
    hostOf: () => name,
    canRead: () => true,
    batchSize: 1,
    concurrency: 50,
    spacingMs: 0,
    read(subjects) {
      const at = time.clock.nowMs();
      return Promise.resolve(
        new Map(
          subjects.map((subject: Subject) => {
            const { username = '' } = subject.url;
            platform.asked.push({ checker, way: name, name: username, at });
            const first = name === 'key' ? platform.firstSays : undefined;
            return [subject.id, first ?? platform.says.get(username) ?? nobody];
          }),
        ),
      );
    },
  });
  const ways = [way('key'), way('web')];
  const all = Object.fromEntries(Platform.options.map((name) => [name, ways]));
  return z.record(Platform, z.array(z.custom<StatusRoute>())).parse(all);
}

/** Presence that everybody at it sees at once; who leaves without a word stays shown as they were. */
export function createSharedPresence() {
  const states = new Map<number, unknown>();
  let clients = 0;
  return {
    states,
    join(): CheckerPresence {
      const client = (clients += 1);
      return {
        show: (state) => void (state === null ? states.delete(client) : states.set(client, state)),
        others: () => new Map([...states].filter(([other]) => other !== client)),
      };
    },
  };
}

export const quietLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

export function startChecker(
  name: string,
  replica: Replica,
  platform: FakePlatform,
  time: ManualTime,
  presence: CheckerPresence = createSharedPresence().join(),
  push: readonly OpenPush[] = [],
  switches: Pick<Switches, 'isOff' | 'version'> = { isOff: () => false, version: () => 0 },
): StatusChecker {
  return createStatusChecker({
    name,
    catalogue: replica,
    presence,
    routes: fakeRoutes(name, platform, time),
    push,
    switches,
    policy: { ...defaultPolicy, batched: defaultPolicy.single },
    clock: time.clock,
    timers: time.timers,
    random: () => 0.5,
    logger: quietLogger,
  });
}
