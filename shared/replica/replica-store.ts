import type { Result } from '../kernel/result.ts';

/**
 * The port behind which a replica's documents are kept durably. What resolves `ok` is on disk: it survives a killed
 * process and a power cut. `replica-store.contract.ts` says what every adapter does; `in-memory-replica-store` is the
 * twin that tests use, `sqlite-replica-store` the one that a desk uses.
 *
 * A document's content has three parts: a **snapshot**, the **log** (edits that need nobody's word any more: from
 * others, or saved by the server, or made by a desk alone) and the **unsaved** edits, each with the command behind it.
 * Positions in the log and the numbers `n` of unsaved edits count up per document and are never given twice.
 */
export type ReplicaStore = {
  /** Stores all edits or none, in one transaction. Answers one sequence per edit, in their order. */
  readonly append: (edits: readonly NewEdit[]) => Promise<Result<readonly Sequence[], StoreFailure>>;
  /** Everything kept of a document; empty if it was never written. */
  readonly load: (document: DocumentName) => Promise<Result<StoredDocument, StoreFailure>>;
  /** The documents that hold anything, in the order of their names. */
  readonly documents: () => Promise<Result<readonly DocumentName[], StoreFailure>>;

  /** The server has saved every unsaved edit up to `n`: they move to the log. Answers how many moved. */
  readonly markSaved: (document: DocumentName, n: number) => Promise<Result<number, StoreFailure>>;
  /**
   * After a refusal, in one transaction: the edits named in `refused` are put aside with their reasons, all other
   * unsaved edits of the document go, and `edits` (the allowed ones, made again) are stored under new numbers.
   */
  readonly replaceUnsaved: (
    document: DocumentName,
    change: UnsavedReplacement,
  ) => Promise<Result<readonly Sequence[], StoreFailure>>;
  readonly unsaved: (document: DocumentName) => Promise<Result<readonly UnsavedEdit[], StoreFailure>>;
  /** Edits of all documents that were refused, oldest first, until they are dismissed. */
  readonly refused: () => Promise<Result<readonly RefusedEdit[], StoreFailure>>;
  readonly dismissRefused: (document: DocumentName, n: number) => Promise<Result<undefined, StoreFailure>>;

  /** Small settings of this copy: its replica id, which team's server it belongs to. */
  readonly getSetting: (key: string) => Promise<Result<string | undefined, StoreFailure>>;
  /** `undefined` removes it. */
  readonly setSetting: (key: string, value: string | undefined) => Promise<Result<undefined, StoreFailure>>;

  /** How much a compaction would take together. */
  readonly measure: (document: DocumentName) => Promise<Result<DocumentSize, StoreFailure>>;
  /**
   * Writes the snapshot and the log together as a new snapshot, in the background: appends go on meanwhile. Until the
   * next compaction the one before and what it lacks are kept too, so that a damaged snapshot costs nothing.
   */
  readonly compact: (document: DocumentName) => Promise<CompactionOutcome>;
  /** Waits for what is under way, then lets go of the disk. Every later call answers `closed`. */
  readonly close: () => Promise<void>;
};

/** `catalogue`, or `wall:` and the wall's id. */
export type DocumentName = 'catalogue' | `wall:${string}`;

/** A plain JSON value; kept as it is and handed back unread. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type NewEdit = Readonly<{
  document: DocumentName;
  /** A Yjs update, encoding v1. */
  bytes: Uint8Array;
  /** Whether a server has yet to save it. */
  unsaved: boolean;
  /** The intent behind it, so that it can be told to a person and made again. Absent for edits of others. */
  command?: Json;
  /** The field writes that it made, for bringing them back if the record they went to is gone. */
  writes?: Json;
  /** When it was made or came in. Milliseconds since 1970 UTC. */
  atMs: number;
}>;

/** Where an edit went: `n` for the unsaved (what the wire calls it), its position in the log for the others. */
export type Sequence =
  { readonly kind: 'unsaved'; readonly n: number } | { readonly kind: 'logged'; readonly position: number };

export type UnsavedEdit = Readonly<{
  n: number;
  bytes: Uint8Array;
  command?: Json;
  writes?: Json;
  atMs: number;
}>;

export type RefusedEdit = UnsavedEdit &
  Readonly<{ document: DocumentName; reason: string; refusedAtMs: number }>;

export type UnsavedReplacement = Readonly<{
  refused: readonly { readonly n: number; readonly reason: string }[];
  /** All of the document that is replaced. */
  edits: readonly NewEdit[];
  atMs: number;
}>;

export type StoredDocument = Readonly<{
  /** Encoding v2; null before the first compaction. */
  snapshot: Uint8Array | null;
  /** The log after the snapshot, in order. Encoding v1. */
  updates: readonly Uint8Array[];
  /** In order; to be applied after the log. */
  unsaved: readonly UnsavedEdit[];
}>;

/** Bytes and edits of the log that the snapshot does not hold yet, and the snapshot's own bytes. */
export type DocumentSize = Readonly<{ snapshotBytes: number; logBytes: number; logEdits: number }>;

export type CompactionOutcome =
  /** `edits` went into the snapshot; `waiting` ones need others that are not here and stay in the log. */
  | {
      readonly kind: 'compacted';
      readonly snapshotBytes: number;
      readonly edits: number;
      readonly waiting: number;
    }
  | { readonly kind: 'skipped'; readonly why: 'nothing-new' | 'closed' }
  /** What was there is untouched and complete. */
  | { readonly kind: 'failed'; readonly words: string };

/** Why the disk did not do it. Nothing of the call was done. */
export type StoreFailure = Readonly<{
  reason: 'disk-full' | 'disk-error' | 'read-only' | 'busy' | 'damaged' | 'closed';
  /** A sentence for a person. */
  words: string;
}>;
