import type { Result } from '#shared/kernel/result.ts';

/** A cell's new text. `range` in A1 notation. */
export type RangeWrite = Readonly<{ range: string; value: string }>;

export type SheetsFailure = Readonly<{
  reason: 'rate-limited' | 'no-access' | 'not-found' | 'unreachable' | 'refused';
  /** A sentence for the operator. */
  message: string;
  retryable: boolean;
  retryAfterMs?: number;
}>;

/** A spreadsheet as this program uses it: values only. Every call is one request of the quota. */
export type SheetsApi = {
  /** Whole tabs, as text; a tab that is not there fails the call. */
  readonly readTabs: (
    tabs: readonly string[],
  ) => Promise<Result<readonly (readonly (readonly string[])[])[], SheetsFailure>>;
  /** The names of all tabs. */
  readonly tabNames: () => Promise<Result<readonly string[], SheetsFailure>>;
  /** All of them or none. Texts stay texts. */
  readonly writeCells: (writes: readonly RangeWrite[]) => Promise<Result<undefined, SheetsFailure>>;
  /** New rows below the last. Texts stay texts. */
  readonly appendRows: (
    tab: string,
    rows: readonly (readonly string[])[],
  ) => Promise<Result<undefined, SheetsFailure>>;
};
