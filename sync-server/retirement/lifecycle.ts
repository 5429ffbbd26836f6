import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { StreamView } from '#shared/document/view.ts';
import { ActorId } from '#shared/model/ids.ts';
import type { Account } from '../accounts/access.ts';
import type { Leases } from '../documents/leases.ts';
import type { Timers } from '../documents/timers.ts';
import type { Sql } from '../postgres/sql.ts';
import type { CatalogueDesk } from '../projection/catalogue-desk.ts';
import type { ChangeFeed } from '../projection/change-feed.ts';
import { repeatInTurn } from '../repeat-in-turn.ts';
import type { StreamRests } from './stream-rests.ts';
import { planLifecycle, type LifecycleRules } from './plan-lifecycle.ts';

export type LifecycleParts = {
  readonly desk: CatalogueDesk;
  readonly feed: ChangeFeed;
  readonly sql: Sql;
  readonly rests: StreamRests;
  /** Takes down what time alone did to a stream. */
  readonly note: (what: 'archived' | 'brought-back', streams: readonly string[]) => void;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly holder: string;
  /** In maintenance nobody writes, nor does the server. */
  readonly isResting: () => boolean;
  /** Streams that stand on a wall, now and since when. */
  readonly onWalls: () => Promise<readonly string[]>;
  readonly rules: LifecycleRules & {
    /** How long after it was last live a stream is archived for programs; 0 for never. */
    readonly restAfterMs: number;
  };
};

const LEASE = 'lifecycle';
const ROUND_MS = 15_000;
const LEASE_MS = 4 * ROUND_MS;
const STATISTICS_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
/** Who follows changes can be away for so long. */
const CHANGES_MS = 14 * DAY_MS;
const REPEATS_MS = DAY_MS;
const VIEWS = ['live_time', 'discovery', 'first_wall'];

/** The server's own word on streams goes through the document like anybody's, under this name. */
const SELF: Account = { actor: ActorId.parse('rule:lifecycle'), role: 'operator', grants: [] };

/** What one instance does about streams for all, again and again. */
export class Lifecycle {
  private countedAtMs = 0;
  private judged = new WeakSet<StreamView>();
  private judgedBy: unknown;
  private readonly parts: LifecycleParts;

  constructor(parts: LifecycleParts) {
    this.parts = parts;
  }

  /** @returns how to stop, and wait for what is under way */
  start(): () => Promise<void> {
    const { leases, holder } = this.parts;
    return repeatInTurn(
      {
        ...{ name: 'the lifecycle', everyMs: ROUND_MS, perform: async () => this.round() },
        close: async () => leases.release(LEASE, holder).catch(() => undefined),
      },
      this.parts,
    );
  }

  /** One round, if it is this instance's. @returns whether it was @throws {LogUnavailable} */
  async round(): Promise<boolean> {
    const { leases, holder, desk, clock, isResting } = this.parts;
    if (isResting()) return false;
    if (!(await leases.take(LEASE, holder, LEASE_MS))) return false;
    await desk.fresh();
    await this.act();
    await this.noteWalls();
    await this.rest();
    if (clock.nowMs() - this.countedAtMs >= STATISTICS_MS) await this.count();
    return true;
  }

  private async act(): Promise<void> {
    const { desk, rules, logger } = this.parts;
    const done = await desk.write(SELF, ({ catalogue, act }) => {
      const view = catalogue.view();
      // Views of what did not change stay the same, so that only what is new is looked at.
      if (view.ignore !== this.judgedBy) this.judged = new WeakSet();
      this.judgedBy = view.ignore;
      const commands = planLifecycle(view, rules, this.judged);
      return commands.filter((command) => act(command).ok).map(({ type }) => type);
    });
    if (done.length > 0) logger.info('streams were put in order', { done: done.length });
  }

  private async noteWalls(): Promise<void> {
    const { sql, clock, onWalls } = this.parts;
    await sql.query(
      'INSERT INTO stream_walls (key, first_at_ms) SELECT key, $2 FROM unnest($1::text[]) AS w (key) ON CONFLICT DO NOTHING',
      [await onWalls(), clock.nowMs()],
    );
  }

  /** Archives for programs what has been over for long enough; being live brings it back without anybody's doing. */
  private async rest(): Promise<void> {
    const { rests, clock, rules, onWalls, logger, note } = this.parts;
    const nowMs = clock.nowMs();
    note('brought-back', await rests.bringBack(nowMs));
    if (rules.restAfterMs === 0) return;
    const overBeforeMs = nowMs - rules.restAfterMs;
    const archived = await rests.archive({ nowMs, overBeforeMs, onWalls: await onWalls() });
    note('archived', archived);
    if (archived.length > 0) logger.info('archived what was over', { streams: archived.length });
  }

  private async count(): Promise<void> {
    const { sql, feed, rests, clock } = this.parts;
    const nowMs = clock.nowMs();
    for (const view of VIEWS) await sql.query(`REFRESH MATERIALIZED VIEW CONCURRENTLY ${view}`);
    await feed.forget(nowMs - CHANGES_MS);
    await rests.forget(nowMs - CHANGES_MS);
    await sql.query('DELETE FROM rest_repeats WHERE at_ms < $1', [nowMs - REPEATS_MS]);
    this.countedAtMs = nowMs;
  }
}
