import type { ActorId } from '#shared/model/ids.ts';

/**
 * The server's memory of every document: numbered updates with author and time, and snapshots of their sum. Numbers of a
 * document start at 1, have no gaps, and are in the order in which they were stored; what has a number is durable.
 */
export type UpdateLog = {
  /**
   * Stores a batch in one transaction and gives each update its number. From then on it survives a killed server and may be
   * told; it may be called saved once it is on disk, see `onDisk`. An update that claims a Yjs client id which belongs
   * to another actor is not stored; the answer says so at its place in the batch.
   * @throws {LogUnavailable} when the database does not answer; then nothing of the batch is stored, or all of it is, and
   *   storing it again under the same `batch` id stores it once.
   */
  append(document: string, batch: UpdateBatch): Promise<AppendResult>;
  /**
   * The same for who must have seen everything that was stored before: `last` is the highest number that they know.
   * @returns undefined, and nothing is stored, when there is a higher one. @throws {LogUnavailable} as `append` does
   */
  appendAfter(document: string, last: number, batch: UpdateBatch): Promise<AppendResult | undefined>;
  /** Updates with a number above `after`, lowest first, at most `limit`. */
  read(document: string, after: number, limit: number): Promise<readonly StoredUpdate[]>;
  /**
   * Of these spans those that are kept whole, and in which no update's bytes hold a word. An update that writes to a root of
   * which nothing was ever written names it.
   * @returns their documents
   */
  withoutWord(spans: readonly UpdateSpan[], word: string): Promise<ReadonlySet<string>>;
  /** The highest number given; 0 for a document nobody wrote to. */
  last(document: string): Promise<number>;
  /** The newest snapshot, a Yjs update in v2 encoding that is the sum of all updates up to `upTo`. */
  readSnapshot(document: string): Promise<Snapshot | undefined>;
  writeSnapshot(document: string, snapshot: Snapshot): Promise<void>;
  /**
   * Keeps the newest snapshot for good, if `updates` or more came since the last one that was kept: the past is read from
   * what was kept and the updates after it.
   */
  keepCheckpoint(document: string, updates: number): Promise<void>;
  /** The newest snapshot or checkpoint that reaches no further than `number`. */
  readCheckpoint(document: string, number: number): Promise<Snapshot | undefined>;
  /** Forgets updates that are older than `beforeMs`, up to the last checkpoint that is; some thousand at most. @returns how many */
  forget(document: string, beforeMs: number): Promise<number>;
  /** Forgets the answers to batches that were stored before `beforeMs`: these are not sent again. @returns how many */
  forgetAnswers(beforeMs: number): Promise<number>;
  /** Whose each of these client ids is; those that are nobody's are left out. */
  owners(document: string, clients: readonly number[]): Promise<ReadonlyMap<number, ActorId>>;
  /** Every document that was ever written to, by name. */
  documents(): Promise<readonly { readonly document: string; readonly last: number }[]>;
  /** The name of this database, chosen at random when it was made, and never changed. */
  storeId(): Promise<string>;
};

export type NewUpdate = {
  readonly bytes: Uint8Array;
  readonly actor: ActorId;
  /** Yjs client ids that this update writes under as its author's own; they become the actor's if they are nobody's. */
  readonly claims: readonly number[];
  /** Others' edits, brought by somebody who may; claims nothing. */
  readonly carried: boolean;
};

export type UpdateBatch = {
  /** Unique to this batch, so that an append whose answer was lost can be repeated. */
  readonly id: string;
  readonly atMs: number;
  readonly updates: readonly NewUpdate[];
};

/** Per update of the batch: its number, or whose client id it forged. */
export type Appended = { readonly number: number } | { readonly ownedBy: ActorId };
export type AppendResult = {
  readonly appended: readonly Appended[];
  /** The number before the batch: a room that is behind it fills the gap from `read`. */
  readonly before: number;
  /**
   * Resolves when the batch is on disk, and rejects when nobody knows whether it ever will be. Left out when it is already,
   * as always after `appendAfter`.
   */
  readonly onDisk?: Promise<void>;
};

export type StoredUpdate = {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly actor: ActorId;
  readonly atMs: number;
  readonly carried: boolean;
};

/** The updates of a document above one number, up to another. */
export type UpdateSpan = { readonly document: string; readonly after: number; readonly upTo: number };

export type Snapshot = { readonly upTo: number; readonly bytes: Uint8Array };

/** The database does not answer, or not in time. Trying again later can help. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
}
