import type { CatalogueRecordRoot } from '#shared/document/catalogue-tables.ts';

/** The catalogue as tables. They are at a number of the document, and never go back. */
export type ProjectionStore = {
  /** The number that the tables are at; -1 when nothing was ever written. @throws {LogUnavailable} */
  number(): Promise<number>;
  /**
   * Writes what changed, in one transaction, unless the tables are further already.
   * @returns the number that they are at then; below `from` nothing was written, as they lack more. @throws {LogUnavailable}
   */
  write(changes: ProjectedChanges): Promise<number>;
  /** Every record that the tables show as current, whatever they are at. @throws {LogUnavailable} */
  shown(): Promise<readonly { readonly kind: CatalogueRecordRoot; readonly key: string }[]>;
  /** Streams of the archive, by the order of their keys, after one; at most `limit`. @throws {LogUnavailable} */
  archived(
    after: string,
    limit: number,
  ): Promise<readonly { readonly key: string; readonly record: unknown }[]>;
  /** Adds what is in the archive and not in the tables. @throws {LogUnavailable} */
  addArchived(rows: readonly ProjectedRow[], nowMs: number): Promise<void>;
  /** To be called after much was written: lists are then found quickly. @throws {LogUnavailable} */
  settle(): Promise<void>;
};

export type ProjectedChanges = {
  /** The numbers between which this is what changed. */
  readonly from: number;
  readonly to: number;
  readonly nowMs: number;
  /** Whether `rows` is all that there is. */
  readonly isWhole: boolean;
  readonly rows: readonly ProjectedRow[];
  readonly gone: readonly GoneRecord[];
};

export type ProjectedRow = {
  readonly kind: CatalogueRecordRoot;
  readonly key: string;
  /** The record as views show it, as JSON. */
  readonly body: object;
  /** When it was last written to, by its writers' word. Milliseconds since 1970 UTC. */
  readonly at: number;
  /** Other streams that are shown as this one. */
  readonly members?: readonly string[];
};

export type GoneRecord = {
  readonly kind: CatalogueRecordRoot;
  readonly key: string;
  readonly what: 'removed' | 'merged' | 'left';
};
