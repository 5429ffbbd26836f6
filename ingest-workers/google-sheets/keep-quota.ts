import type { Clock } from '#shared/kernel/clock.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import { createRequestQuota } from './request-quota.ts';
import type { SheetsApi, SheetsFailure } from './sheets-api.ts';

const REQUESTS_A_MINUTE = 50;

/** Keeps under Google's quota by itself, so that others at the same project have theirs. */
export function keepQuota(api: SheetsApi, clock: Clock): SheetsApi {
  const [reads, writes] = [createRequestQuota(REQUESTS_A_MINUTE), createRequestQuota(REQUESTS_A_MINUTE)];
  const full = fail<SheetsFailure>({
    reason: 'rate-limited',
    message: 'This minute’s requests are used up.',
    retryable: true,
  });
  const within = <T>(quota: typeof reads, call: () => Promise<Result<T, SheetsFailure>>) =>
    quota.take(clock.nowMs()) ? call() : Promise.resolve(full);
  return {
    readTabs: (tabs) => within(reads, () => api.readTabs(tabs)),
    tabNames: () => within(reads, () => api.tabNames()),
    writeCells: (cells) => within(writes, () => api.writeCells(cells)),
    appendRows: (tab, rows) => within(writes, () => api.appendRows(tab, rows)),
  };
}
