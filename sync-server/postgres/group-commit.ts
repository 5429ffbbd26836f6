import { LogUnavailable, type AppendResult, type UpdateBatch } from '../documents/update-log.ts';

/** A batch and the document that it is for. */
export type NamedBatch = { readonly document: string; readonly batch: UpdateBatch };

type GroupLimits = {
  /** Transactions that are under way at once. */
  readonly atOnce: number;
  /** Of the batches of one transaction, but for a single one that is larger. */
  readonly maxBytes: number;
};

type Waiting = NamedBatch & {
  readonly bytes: number;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Lets the batches of many documents share a transaction: what comes while others are stored waits for the next one. A
 * document is in one transaction at a time, so that its batches keep their order.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private readonly busy = new Set<string>();
  private underWay = 0;
  private readonly store: (group: readonly NamedBatch[]) => Promise<readonly AppendResult[]>;
  private readonly limits: GroupLimits;

  /** @param store stores batches of different documents, in the order of their names, all or none, and answers for each */
  constructor(
    store: (group: readonly NamedBatch[]) => Promise<readonly AppendResult[]>,
    limits: GroupLimits,
  ) {
    this.store = store;
    this.limits = limits;
  }

  async append(document: string, batch: UpdateBatch): Promise<AppendResult> {
    const bytes = batch.updates.reduce((sum, update) => sum + update.bytes.length, 0);
    return new Promise((resolve, reject) => {
      this.waiting.push({ document, batch, bytes, resolve, reject });
      this.begin();
    });
  }

  private begin(): void {
    while (this.underWay < this.limits.atOnce) {
      const group = this.takeGroup();
      if (group.length === 0) return;
      this.underWay += 1;
      void this.storeGroup(group);
    }
  }

  private takeGroup(): readonly Waiting[] {
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    const passedOver = new Set<string>();
    let bytes = 0;
    for (const one of this.waiting) {
      const isFull = group.length > 0 && bytes + one.bytes > this.limits.maxBytes;
      if (isFull || this.busy.has(one.document) || passedOver.has(one.document)) {
        left.push(one);
        passedOver.add(one.document);
      } else {
        group.push(one);
        this.busy.add(one.document);
        bytes += one.bytes;
      }
    }
    this.waiting = left;
    return group.toSorted((a, b) => (a.document < b.document ? -1 : 1));
  }

  private async storeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      await this.settle(group);
    } catch (error) {
      // A statement that fails is a bug about one of them; the others need not suffer from it.
      const isShared = group.length > 1 && !(error instanceof LogUnavailable);
      for (const one of group) {
        if (isShared) await this.settle([one]).catch(one.reject);
        else one.reject(error);
      }
    }
    for (const one of group) this.busy.delete(one.document);
    this.underWay -= 1;
    this.begin();
  }

  private async settle(group: readonly Waiting[]): Promise<void> {
    const results = await this.store(group);
    group.forEach((one, i) => {
      const result = results[i];
      if (result === undefined) one.reject(new Error('a batch was not answered'));
      else one.resolve(result);
    });
  }
}
