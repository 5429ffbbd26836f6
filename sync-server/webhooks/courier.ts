import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { Leases } from '../documents/leases.ts';
import type { Timers } from '../documents/timers.ts';
import type { CatalogueChange, ChangeFeed } from '../projection/change-feed.ts';
import { repeatInTurn } from '../repeat-in-turn.ts';
import type { SendMessage } from './https-sender.ts';
import { afterAttempt, signatureOf, type Attempt, type Webhook } from './webhook.ts';
import type { WebhookStore } from './webhook-store.ts';

export type CourierParts = {
  readonly store: WebhookStore;
  readonly feed: ChangeFeed;
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
    const { feed, store, clock } = this.parts;
    for (let hook = before; !this.isStopped;) {
      const changes = await feed.after(hook.told, hook.kinds, AT_ONCE);
      const last = changes.at(-1);
      if (last === undefined) return;
      const attempt = await this.attempt(hook, changes);
      hook = afterAttempt(hook, attempt, last.number, clock.nowMs());
      await store.note(hook);
      if (!attempt.isTaken) return;
    }
  }

  /** Says something to a webhook. Also used to try it out, with nothing to say. */
  async attempt(hook: Webhook, changes: readonly CatalogueChange[]): Promise<Attempt> {
    const { send, shape, clock } = this.parts;
    const nowMs = clock.nowMs();
    const [first, last] = [changes[0]?.number ?? hook.told, changes.at(-1)?.number ?? hook.told];
    const body = JSON.stringify({
      ...{ webhook: hook.id, sent_at: new Date(nowMs).toISOString(), from: first, to: last },
      changes: await shape(changes),
    });
    return send(hook.url, body, {
      'user-agent': 'Streamwall-Webhooks/1',
      'x-streamwall-delivery': `${hook.id}-${String(last)}`,
      'x-streamwall-signature': signatureOf(hook.secret, body, nowMs),
    });
  }
}
