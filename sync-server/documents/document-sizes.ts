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
