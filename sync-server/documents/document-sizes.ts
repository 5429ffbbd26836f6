/** How much of a document is kept. */
export type DocumentSize = {
  readonly document: string;
  /** The highest number. */
  readonly last: number;
  /** Updates that are kept one by one, for the history, and from when the oldest of them is. */
  readonly updates: number;
  readonly updateBytes: number;
  readonly oldestMs: number | undefined;
  readonly newestMs: number | undefined;
  /** The newest snapshot: about the size of the document. */
  readonly snapshotUpTo: number | undefined;
  readonly snapshotBytes: number;
  readonly checkpoints: number;
};

/** @throws {LogUnavailable} */
export type DocumentSizes = () => Promise<readonly DocumentSize[]>;

/** A state of a document that is kept: what the history before it is read from, and what a room is opened from. */
export type KeptSnapshot = {
  readonly upTo: number;
  readonly bytes: number;
  /** When the last edit in it was stored; undefined when that edit is not kept by itself any more. */
  readonly atMs: number | undefined;
  /** Kept as long as the history is, and not only until the next one is made. */
  readonly isKept: boolean;
};

/** The newest first, at most `limit`. @throws {LogUnavailable} */
export type DocumentSnapshots = (document: string, limit: number) => Promise<readonly KeptSnapshot[]>;
