import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { Leases } from '../documents/leases.ts';
import type { Timers } from '../documents/timers.ts';
import type { CatalogueChange, ChangeFeed } from '../projection/change-feed.ts';
import type { StreamRests } from '../retirement/stream-rests.ts';
import { repeatInTurn } from '../repeat-in-turn.ts';
import type { SendMessage } from './https-sender.ts';
import { afterAttempt, signatureOf, type Attempt, type Told, type Webhook } from './webhook.ts';
import type { WebhookStore } from './webhook-store.ts';

export type CourierParts = {
  readonly store: WebhookStore;
  readonly feed: ChangeFeed;
  readonly rests: Pick<StreamRests, 'after'>;
  readonly leases: Leases;
  readonly send: SendMessage;
  /** What is said of changes. */
  readonly shape: (changes: readonly CatalogueChange[]) => Promise<readonly unknown[]>;
  /** Has the tables follow the catalogue while there is anybody to tell. @returns how to stop */
  readonly follow: () => () => void;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly holder: string;
};

/** Something to say, and how far that brings who hears it. */
type News = Told & { readonly changes: readonly CatalogueChange[] };

const LEASE = 'webhooks';
const LEASE_MS = 60_000;
const ROUND_MS = 1_000;
const AT_ONCE = 200;
/** Webhooks that are told at the same time. */
const SIDE_BY_SIDE = 8;

/**
 * Tells webhooks what changed, in order, each from where it stands: what could not be told waits in the database and is
 * tried again, later and later. One instance at a time does it.
 */
export class Courier {
  private isStopped = false;
  private stopFollowing: (() => void) | undefined;
  private readonly parts: CourierParts;

  constructor(parts: CourierParts) {
    this.parts = parts;
  }

  /** @returns how to stop, and wait for what is under way */
  start(): () => Promise<void> {
    const { leases, holder } = this.parts;
    const stop = repeatInTurn(
      {
        ...{ name: 'telling webhooks', everyMs: ROUND_MS, perform: async () => this.round() },
        close: async () => {
          this.stopFollowing?.();
          await leases.release(LEASE, holder).catch(() => undefined);
        },
      },
      this.parts,
    );
    return async () => {
      this.isStopped = true;
      await stop();
    };
  }

  /** Tells everybody who is behind and due. @throws {LogUnavailable} */
  async round(): Promise<void> {
    const { store, leases, clock, holder, follow } = this.parts;
    const hooks = (await store.list()).filter(({ disabledAtMs }) => disabledAtMs === undefined);
    if (hooks.length === 0) {
      this.stopFollowing?.();
      this.stopFollowing = undefined;
      return;
    }
    if (!(await leases.take(LEASE, holder, LEASE_MS))) return;
    this.stopFollowing ??= follow();
    const due = hooks.filter(({ nextAtMs }) => nextAtMs <= clock.nowMs());
    for (let from = 0; from < due.length; from += SIDE_BY_SIDE)
      await Promise.all(due.slice(from, from + SIDE_BY_SIDE).map(async (hook) => this.tell(hook)));
  }

  /** Tells one webhook what it does not know yet, some at a time. */
  private async tell(before: Webhook): Promise<void> {
    const { store, clock } = this.parts;
    for (let hook = before; !this.isStopped;) {
      const news = await this.newsFor(hook);
      if (news.changes.length === 0) return;
      const attempt = await this.attempt(hook, news);
      hook = afterAttempt(hook, attempt, news, clock.nowMs());
      await store.note(hook);
      if (!attempt.isTaken) return;
    }
  }

  /** What became of records; and, once all of that is told, what time alone did to streams, of which no edit tells. */
  private async newsFor({ told, besideTold, kinds }: Webhook): Promise<News> {
    const { feed, rests } = this.parts;
    const changes = await feed.after(told, kinds, AT_ONCE);
    const last = changes.at(-1);
    if (last !== undefined) return { changes, told: last.number, besideTold };
    const rested = kinds.includes('streams') ? await rests.after(besideTold, AT_ONCE) : [];
    return {
      changes: rested.map((rest) => ({ ...rest, number: told, kind: 'streams' })),
      ...{ told, besideTold: rested.at(-1)?.number ?? besideTold },
    };
  }

  /** Sends a message without changes. */
  async tryOut(hook: Webhook): Promise<Attempt> {
    return this.attempt(hook, { ...hook, changes: [] });
  }

  private async attempt(hook: Webhook, { changes, told, besideTold }: News): Promise<Attempt> {
    const { send, shape, clock } = this.parts;
    const nowMs = clock.nowMs();
    const place = `${String(told)}.${String(besideTold)}`;
    const body = JSON.stringify({
      ...{ webhook: hook.id, sent_at: new Date(nowMs).toISOString() },
      ...{ from: changes[0]?.number ?? told, to: told, place, changes: await shape(changes) },
    });
    return send(hook.url, body, {
      'user-agent': 'Streamwall-Webhooks/1',
      'x-streamwall-delivery': `${hook.id}-${place}`,
      'x-streamwall-signature': signatureOf(hook.secret, body, nowMs),
    });
  }
}
