import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { Timers } from '../documents/timers.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import type { CatalogueDesk } from './catalogue-desk.ts';

/** What is stored within so short a time is written into the tables together. */
const GATHER_MS = 10;
/** After it wrote it rests as long as that took, at most so long: those who edit are hardly kept waiting. */
const MAX_REST_MS = 1_000;
const LOOK_MS = 1_000;
/** Looks at which the tables must have stood still behind what was stored: whoever writes much at once takes a while. */
const STILL_LOOKS = 3;

export type FollowerParts = {
  readonly desk: Pick<CatalogueDesk, 'reach'>;
  /** What the catalogue and its tables are at, in the database. @throws {LogUnavailable} */
  readonly standing: () => Promise<{ readonly last: number; readonly tables: number }>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
};

/**
 * Has the tables follow the catalogue for who reads them past this server, from the moment that something is stored:
 *
 *     resting ──stored──▶ gathering ──▶ writing ──stored meanwhile──▶ gathering, for longer the longer writing took
 *
 * Each edit is stored by one instance, and that one writes it. What nobody writes, because its instance died or the command
 * line stored it, is found by looking once a second.
 */
export class TableFollower {
  private wanted = 0;
  private reached = 0;
  private activity: 'resting' | 'gathering' | 'writing' | 'stopped' = 'resting';
  private seen = { last: 0, tables: -1, looks: 0 };
  private restsUntilMs = 0;
  private callOff = (): void => undefined;
  private callOffLook = (): void => undefined;
  private underWay: Promise<unknown> = Promise.resolve();
  private looking: Promise<unknown> = Promise.resolve();
  private readonly parts: FollowerParts;

  constructor(parts: FollowerParts) {
    this.parts = parts;
  }

  /** @returns how to stop, and wait for what is under way */
  start(): () => Promise<void> {
    this.lookSoon();
    return async () => {
      this.activity = 'stopped';
      this.callOff();
      this.callOffLook();
      await Promise.all([this.underWay, this.looking]);
    };
  }

  /** This instance stored the catalogue's updates up to a number. */
  stored(number: number): void {
    this.wanted = Math.max(this.wanted, number);
    if (this.activity === 'resting') this.gather();
  }

  private gather(): void {
    this.activity = 'gathering';
    const restMs = Math.min(MAX_REST_MS, this.restsUntilMs - this.parts.clock.nowMs());
    this.callOff = this.parts.timers.after(Math.max(GATHER_MS, restMs), () => {
      this.activity = 'writing';
      this.underWay = this.write();
    });
  }

  private async write(): Promise<void> {
    const { desk, clock } = this.parts;
    const beganMs = clock.nowMs();
    const isDone = await this.attempt(async () => {
      this.reached = await desk.reach(this.wanted);
    });
    const nowMs = clock.nowMs();
    this.restsUntilMs = nowMs + (nowMs - beganMs);
    if (this.isStopped()) return;
    this.activity = 'resting';
    // While the database is away the look goes on asking.
    if (isDone && this.wanted > this.reached) this.gather();
  }

  private lookSoon(): void {
    if (this.isStopped()) return;
    this.callOffLook = this.parts.timers.after(LOOK_MS, () => {
      this.looking = this.look().then(() => this.lookSoon());
    });
  }

  /** What has been there for some looks, while the tables stood still before it, nobody writes. */
  private async look(): Promise<void> {
    await this.attempt(async () => {
      const { last, tables } = await this.parts.standing();
      const isStill = tables === this.seen.tables && tables < this.seen.last;
      const looks = isStill ? this.seen.looks + 1 : 0;
      this.seen = { last, tables, looks };
      if (looks % STILL_LOOKS === STILL_LOOKS - 1) this.stored(last);
    });
  }

  private async attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof LogUnavailable)) this.parts.logger.error('the tables do not follow', { error });
      return false;
    }
  }

  private isStopped(): boolean {
    return this.activity === 'stopped';
  }
}
