import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { createStampClock } from '#shared/kernel/stamp.ts';
import { ActorId, ReplicaId } from '#shared/model/ids.ts';
import type { ServerArchive } from './archive/server-archive.ts';
import type { Leases } from './documents/leases.ts';
import type { Timers } from './documents/timers.ts';
import { LogUnavailable, type UpdateLog } from './documents/update-log.ts';
import { repeatInTurn } from './repeat-in-turn.ts';
import { CatalogueKeeper } from './retirement/keep-catalogue.ts';
import { createKeeping, type TellStored } from './retirement/keeping.ts';
import { StreamsOnWalls } from './retirement/streams-on-walls.ts';

const LEASE = 'upkeep';
const ROUND_MS = 30_000;
/** So long that one slow round does not lose it, so short that who dies is soon replaced. */
const LEASE_MS = 3 * ROUND_MS;
const RETIRE_MS = 60 * 60_000;
const FORGET_MS = 60 * 60_000;
/** A lost answer is asked for again while the database is away; nobody waits longer than this. */
const ANSWERS_MS = 86_400_000;
/** How many updates lie between two checkpoints of the past. */
const CHECKPOINT_EVERY = 5_000;
/** Each some thousand, once an hour: more than a busy store makes. */
const FORGET_ROUNDS = 50;
const ANSWER_ROUNDS = 200;

export type UpkeepParts = {
  readonly log: UpdateLog;
  readonly leases: Leases;
  readonly archive: ServerArchive;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long updates are kept one by one, for the history. */
  readonly historyMs: number;
  /** Tells everybody of what this instance stored by itself. */
  readonly tell: TellStored;
};

/**
 * What one instance does for all: keeps the catalogue current, and the history no longer than it is wanted. Whoever holds
 * the lease does it; when that one dies, another takes over.
 */
export class Upkeep {
  private readonly holder = randomUUID();
  private readonly catalogue: CatalogueKeeper;
  private readonly walls: StreamsOnWalls;
  private readonly parts: UpkeepParts;
  private keptAt = 0;
  private retiredAtMs = 0;
  private forgotAtMs = 0;

  constructor(parts: UpkeepParts) {
    this.parts = parts;
    const { log, clock, archive, tell } = parts;
    const replica = ReplicaId.parse(randomBytes(4).toString('hex'));
    const writer = { actor: ActorId.parse('rule:upkeep'), replica, stamps: createStampClock(clock, replica) };
    const keeping = createKeeping({ log, clock, newBatchId: randomUUID }, writer, tell);
    this.catalogue = new CatalogueKeeper(keeping, archive);
    this.walls = new StreamsOnWalls(keeping, log);
  }

  /** One round, if it is this instance's. @returns whether it was @throws {LogUnavailable} */
  async perform(): Promise<boolean> {
    if (!(await this.parts.leases.take(LEASE, this.holder, LEASE_MS))) {
      this.catalogue.close();
      return false;
    }
    await this.keepCurrent();
    await this.forget();
    return true;
  }

  /** Lets another instance take over at once. */
  async close(): Promise<void> {
    this.catalogue.close();
    try {
      await this.parts.leases.release(LEASE, this.holder);
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
    }
  }

  private async keepCurrent(): Promise<void> {
    const { log, clock, logger } = this.parts;
    const documents = await log.documents();
    const written = documents.reduce((sum, { last }) => sum + last, 0);
    const isTime = clock.nowMs() - this.retiredAtMs >= RETIRE_MS;
    if (written === this.keptAt && !isTime) return;
    if (!documents.some(({ document }) => document === 'catalogue')) return;
    const onWalls = await this.walls.find(documents);
    const returned = await this.catalogue.tidy(onWalls);
    const retired = isTime ? await this.catalogue.retire(onWalls) : 0;
    // Nobody writes for long: the memory is worth more than the next reading.
    if (written === this.keptAt) this.catalogue.close();
    if (returned === undefined || retired === undefined) return;
    this.keptAt = written;
    if (isTime) this.retiredAtMs = clock.nowMs();
    if (returned + retired > 0) logger.info('kept the catalogue current', { returned, retired });
  }

  private async forget(): Promise<void> {
    const { log, clock, historyMs, logger } = this.parts;
    const nowMs = clock.nowMs();
    if (nowMs - this.forgotAtMs < FORGET_MS) return;
    let forgotten = 0;
    for (const { document } of await log.documents()) {
      await log.keepCheckpoint(document, CHECKPOINT_EVERY);
      for (let round = 0, count = -1; round < FORGET_ROUNDS && count !== 0; round++) {
        count = await log.forget(document, nowMs - historyMs);
        forgotten += count;
      }
    }
    for (let round = 0, count = -1; round < ANSWER_ROUNDS && count !== 0; round++)
      count = await log.forgetAnswers(nowMs - ANSWERS_MS);
    this.forgotAtMs = nowMs;
    if (forgotten > 0) logger.info('forgot what was older than the history is kept', { updates: forgotten });
  }
}

/** Performs it again and again, but not while it is to rest. @returns how to stop, and wait for what is under way */
export function startUpkeep(
  upkeep: Upkeep,
  timers: Timers,
  logger: Logger,
  isResting: () => boolean,
): () => Promise<void> {
  const perform = async (): Promise<unknown> => (isResting() ? undefined : upkeep.perform());
  const close = async (): Promise<void> => upkeep.close();
  return repeatInTurn({ name: 'the upkeep', everyMs: ROUND_MS, perform, close }, { timers, logger });
}
