import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import { sumTallies, windowOf, type AuditTally, type NewAuditEntry } from './audit-entry.ts';
import type { AuditStore } from './audit-store.ts';

const MAX_WAITING = 10_000;
const MAX_ACTORS = 10_000;

type Deed = Omit<NewAuditEntry, 'atMs' | 'before' | 'after'> & {
  readonly before?: unknown;
  readonly after?: unknown;
};

/**
 * Takes down what is done, and brings it into the audit at once, together with whatever comes while it is on its way. While
 * the database is away it waits here.
 */
export class AuditRecorder {
  private entries: NewAuditEntry[] = [];
  private tallies: AuditTally[] = [];
  private lost = 0;
  private underWay: Promise<void> | undefined;
  /** From where everybody connected last. */
  private readonly addresses = new Map<string, string>();
  private readonly parts: { readonly audit: AuditStore; readonly clock: Clock; readonly logger: Logger };

  constructor(parts: AuditRecorder['parts']) {
    this.parts = parts;
  }

  note(deed: Deed): void {
    if (this.entries.length >= MAX_WAITING) {
      this.lost += 1;
      return;
    }
    this.entries.push({ before: null, after: null, ...deed, atMs: this.parts.clock.nowMs() });
    void this.flush();
  }

  /** What is done again and again: summed up. */
  count({ before: _, after: __, ...deed }: Deed, sample?: unknown): void {
    const atMs = this.parts.clock.nowMs();
    const samples = sample === undefined ? [] : [sample];
    this.tallies.push({ ...deed, windowMs: windowOf(atMs), sinceMs: atMs, atMs, count: 1, samples });
    if (this.tallies.length > MAX_WAITING) this.tallies = sumTallies(this.tallies).slice(0, MAX_WAITING / 2);
  }

  /** Somebody connected; told once as long as they come from the same address. */
  connected(actor: string, from: string, agent: string): void {
    if (this.addresses.get(actor) === from) return;
    if (this.addresses.size >= MAX_ACTORS) this.addresses.clear();
    this.addresses.set(actor, from);
    const after = agent === '' ? null : { agent: agent.slice(0, 300) };
    this.note({ actor, via: 'socket', action: 'connected', target: actor, from, after });
  }

  /** Brings what waits into the audit; to be called every second. Resolves when it is there, or the database is away. */
  async flush(): Promise<void> {
    this.underWay ??= this.write().finally(() => (this.underWay = undefined));
    await this.underWay;
  }

  private async write(): Promise<void> {
    const { audit, logger } = this.parts;
    while (this.entries.length + this.tallies.length > 0) {
      const { entries, tallies, lost } = this.takeOut();
      try {
        await audit.append(entries, tallies);
        this.lost -= lost;
      } catch (error) {
        if (error instanceof LogUnavailable) {
          this.entries.unshift(...entries.slice(0, entries.length - (lost > 0 ? 1 : 0)));
          this.tallies.unshift(...tallies);
        } else {
          // They would keep everything after them from being kept.
          logger.error('entries of the audit cannot be kept', { entries: entries.length, error });
          this.lost += entries.length;
        }
        return;
      }
    }
  }

  private takeOut() {
    const { lost } = this;
    const entries = lost === 0 ? this.entries : [...this.entries, this.sayLost(lost)];
    const tallies = sumTallies(this.tallies);
    this.entries = [];
    this.tallies = [];
    return { entries, tallies, lost };
  }

  private sayLost(entries: number): NewAuditEntry {
    this.parts.logger.error('entries of the audit were lost', { entries });
    return {
      ...{ atMs: this.parts.clock.nowMs(), actor: 'rule:audit', via: 'server', from: undefined },
      ...{ action: 'lost', target: 'audit', before: null, after: { entries } },
    };
  }
}
