import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { readDocumentName, type ServedDocument } from '../documents/document-name.ts';
import type { Leases } from '../documents/leases.ts';
import type { UpdateLog } from '../documents/update-log.ts';
import { createEditFollower, type EditFollower } from '../history/follow-edits.ts';
import { WINDOW_MS, windowOf, type NewAuditEntry } from './audit-entry.ts';
import type { AuditStore } from './audit-store.ts';
import { describeEdits } from './describe-edits.ts';

const LEASE = 'audit';
const LEASE_MS = 20_000;
/** Read and taken together: at most so many, and fewer where these take long, as nobody else is served meanwhile. */
const UPDATES_AT_ONCE = 100;
const FEW_UPDATES = 5;
const LONG_MS = 12;
/** Whoever was let go first took so long: the server has better things to do than this, which can wait. */
const BUSY_MS = 4;
/** What one round may take of the time that the server has; what is left over waits for the next. */
const ROUND_BUDGET_MS = 100;
/** A document to which nobody wrote for so long leaves the memory; one that was read for so long is opened afresh. */
const IDLE_MS = 60_000;
const READ_BEFORE_FRESH = 20_000;

/** A document that somebody writes to right now is left alone for so long: it is read better when it is quiet, and in one go. */
const BEING_WRITTEN_MS = 20_000;

export type FollowParts = {
  readonly log: UpdateLog;
  readonly audit: AuditStore;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Lets others have their turn. */
  readonly pause: () => Promise<void>;
  readonly holder: string;
};

type Followed = { readonly follower: EditFollower; readAtMs: number; count: number };

/** Reads what was written to documents into the audit, some time after it was written. One instance does it for all. */
export class DocumentAudit {
  private readonly followed = new Map<string, Followed>();
  /** Up to where documents had come in the last round that are not read to their end, and since when each is put off. */
  private readonly waiting = new Map<string, { last: number; sinceMs: number }>();
  private atOnce = 4 * FEW_UPDATES;
  private takenAtMs: number | undefined;
  private readonly parts: FollowParts;

  constructor(parts: FollowParts) {
    this.parts = parts;
  }

  /** One round, if it is this instance's. @throws {LogUnavailable} */
  async perform(): Promise<void> {
    const { audit, log, clock } = this.parts;
    if (!(await this.isMine())) return this.closeAll();
    const beganMs = clock.nowMs();
    const progress = await audit.progress();
    let isBusy = false;
    const mayGoOn = (): boolean => !isBusy && clock.nowMs() - beganMs < ROUND_BUDGET_MS;
    for (const { document, last } of await log.documents()) {
      const served = readDocumentName(document);
      let read = progress.get(document) ?? 0;
      if (!mayGoOn() || this.isPutOff(document, last, read)) continue;
      while (served !== undefined && read < last && mayGoOn()) {
        read = await this.readOn(served, read, last);
        const pausedAtMs = clock.nowMs();
        await this.parts.pause();
        isBusy = clock.nowMs() - pausedAtMs >= BUSY_MS;
      }
    }
    await audit.closeTallies(windowOf(clock.nowMs()) - WINDOW_MS + 1);
    this.closeIdle(clock.nowMs());
    return undefined;
  }

  /** Lets another instance go on at once. @throws {LogUnavailable} */
  async close(): Promise<void> {
    this.closeAll();
    this.takenAtMs = undefined;
    await this.parts.leases.release(LEASE, this.parts.holder);
  }

  /** Asked of the database only now and then: each asking is a write. */
  private async isMine(): Promise<boolean> {
    const { leases, clock, holder } = this.parts;
    const nowMs = clock.nowMs();
    if (this.takenAtMs !== undefined && nowMs - this.takenAtMs < LEASE_MS / 4) return true;
    this.takenAtMs = (await leases.take(LEASE, holder, LEASE_MS)) ? nowMs : undefined;
    return this.takenAtMs !== undefined;
  }

  /** Whether somebody has written to a document since the last round, and reading it can wait for the next. */
  private isPutOff(document: string, last: number, read: number): boolean {
    const nowMs = this.parts.clock.nowMs();
    const before = this.waiting.get(document);
    const sinceMs = before?.sinceMs ?? nowMs;
    const isQuiet = before?.last === last;
    if (read < last && !isQuiet && nowMs - sinceMs < BEING_WRITTEN_MS) {
      this.waiting.set(document, { last, sinceMs });
      return true;
    }
    if (read >= last || !isQuiet) this.waiting.delete(document);
    return false;
  }

  /** @returns up to which number the document is read now */
  private async readOn(served: ServedDocument, after: number, last: number): Promise<number> {
    const { audit, logger, clock } = this.parts;
    const beganMs = clock.nowMs();
    const changes = await this.follow(served).follower.read(after, this.atOnce);
    const isLong = clock.nowMs() - beganMs > LONG_MS;
    this.atOnce = Math.min(
      UPDATES_AT_ONCE,
      Math.max(FEW_UPDATES, isLong ? this.atOnce >> 1 : this.atOnce * 2),
    );
    if (changes === 'forgotten') {
      logger.warn('edits were forgotten before the audit had read them', { document: served.name, after });
      const entry: NewAuditEntry = {
        ...({ atMs: clock.nowMs(), actor: 'rule:audit', via: 'server', from: undefined } as const),
        ...{ action: 'not read', target: served.name, before: { after }, after: { upTo: last } },
      };
      await audit.take({ document: served.name, after, upTo: last, entries: [entry], tallies: [] });
      return last;
    }
    const upTo = changes.at(-1)?.number ?? last;
    await audit.take({ document: served.name, after, upTo, ...describeEdits(served.name, changes) });
    return upTo;
  }

  private follow(served: ServedDocument): Followed {
    const known = this.followed.get(served.name);
    const followed = known ?? { follower: createEditFollower(served, this.parts.log), readAtMs: 0, count: 0 };
    followed.readAtMs = this.parts.clock.nowMs();
    followed.count += this.atOnce;
    this.followed.set(served.name, followed);
    return followed;
  }

  private closeIdle(nowMs: number): void {
    for (const [name, { follower, readAtMs, count }] of this.followed) {
      if (nowMs - readAtMs < IDLE_MS && count < READ_BEFORE_FRESH) continue;
      follower.close();
      this.followed.delete(name);
    }
  }

  private closeAll(): void {
    for (const { follower } of this.followed.values()) follower.close();
    this.followed.clear();
    this.waiting.clear();
  }
}
