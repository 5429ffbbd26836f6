import type { Result } from '../kernel/result.ts';
import type { Json, StoreFailure } from './replica-store.ts';

/**
 * The port behind which retired streams are kept whole, for good. One record an id; putting an id again replaces it.
 */
export type StreamArchive = {
  /** Stores all or none. */
  readonly put: (records: readonly ArchivedRecord[]) => Promise<Result<undefined, StoreFailure>>;
  readonly get: (id: string) => Promise<Result<ArchivedRecord | undefined, StoreFailure>>;
  /**
   * Records in whose fields every word of `text` occurs, as a word or the beginning of one, whatever its case and
   * accents. An empty `text` finds all. Newest first, then by id. `total` counts all that were found.
   */
  readonly search: (query: ArchiveQuery) => Promise<Result<ArchivePage, StoreFailure>>;
  readonly count: () => Promise<Result<number, StoreFailure>>;
};

export type ArchivedRecord = Readonly<{
  id: string;
  /** When it was retired. Milliseconds since 1970 UTC. */
  atMs: number;
  /** The record as it was, with everything needed to bring it back. */
  record: Json;
}>;

/** `limit` is 1 to 200. */
export type ArchiveQuery = Readonly<{
  text: string;
  offset: number;
  limit: number;
  /** Retired then or later, and before; in ms since 1970 UTC. */
  fromMs?: number;
  untilMs?: number;
}>;

/** Whether a record was retired when a query says. */
export function isWithin({ atMs }: Pick<ArchivedRecord, 'atMs'>, { fromMs, untilMs }: ArchiveQuery): boolean {
  return atMs >= (fromMs ?? -Infinity) && atMs < (untilMs ?? Infinity);
}

export type ArchivePage = Readonly<{ total: number; records: readonly ArchivedRecord[] }>;
