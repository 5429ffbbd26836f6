import type { RecordName } from './compare-catalogues.ts';

/** A bringing back, as it is remembered. */
export type BroughtBackNote = {
  readonly document: string;
  /** The edit whose state it was brought back to. */
  readonly moment: number;
  /** The document's number before it. */
  readonly before: number;
  readonly actor: string;
  readonly atMs: number;
  /** Undefined for all that was lost. */
  readonly records: readonly RecordName[] | undefined;
};
export type BroughtBackEntry = BroughtBackNote & {
  /** The document's number after it, or as far as it came. */
  readonly after: number;
  readonly done: number;
  readonly refused: number;
  readonly undone: Undone | undefined;
};
/** @property done records that were changed by undoing it */
export type Undone = { readonly atMs: number; readonly actor: string; readonly done: number };
export type BroughtBackProgress = Pick<BroughtBackEntry, 'after' | 'done' | 'refused'>;

/** Where it is remembered what was brought back. Every call throws `LogUnavailable` while the database does not answer. */
export type BroughtBackBook = {
  /** Before anything is written, so that also what was cut off is known. @returns its number here */
  readonly begin: (note: BroughtBackNote) => Promise<number>;
  readonly progress: (id: number, progress: BroughtBackProgress) => Promise<void>;
  /** The newest first, without those that changed nothing. */
  readonly list: (document: string, limit: number) => Promise<readonly BroughtBackEntry[]>;
  readonly find: (
    which: Pick<BroughtBackEntry, 'document' | 'before' | 'after' | 'actor'>,
  ) => Promise<(BroughtBackEntry & { readonly id: number }) | undefined>;
  /** Remembers the first time only. */
  readonly noteUndone: (id: number, undone: Undone) => Promise<void>;
};
