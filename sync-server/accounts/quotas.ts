/** How often something may be done: so often in so long, counted from the first time. */
export type Quota = { readonly limit: number; readonly windowMs: number };

/** Whether there was room, and if not, after how long there will be. */
export type QuotaAnswer =
  { readonly isWithin: true } | { readonly isWithin: false; readonly retryAfterMs: number };

/** Counts, over all instances as far as these can be reached; never fails. */
export type Quotas = {
  /** Counts before it answers, so that many who ask at once are all counted. */
  take(name: string, quota: Quota, amount?: number): Promise<QuotaAnswer>;
  /** Uncounts one. */
  giveBack(name: string): Promise<void>;
  /** Begins anew. */
  forget(name: string): Promise<void>;
};
