import type { Stamp, StampClock } from '../kernel/stamp.ts';
import type { ActorId, ReplicaId, WallId } from '../model/ids.ts';
import type { FlatRoot, RecordRoot } from './limits.ts';
import type { Plain, StoredField, StoredRecord } from './stored-value.ts';

/** What planning asks of a document: small steps that `write-ops` performs, all in one transaction. */
export type Op =
  /** A new record, all its fields as old as itself. On one that is there already it edits its fields instead. */
  | {
      readonly type: 'create-record';
      readonly root: RecordRoot;
      readonly id: string;
      readonly fields: PlainFields;
    }
  /** A record that was there before, with its births and stamps: carried to a newer generation, or brought back. */
  | {
      readonly type: 'restore-record';
      readonly root: RecordRoot;
      readonly id: string;
      readonly record: StoredRecord;
      /** Also born again, so that a removal of the old one does not cover it. */
      readonly reborn: boolean;
    }
  /** `stamp` only when an edit of before is repeated; otherwise the edit gets a new one. */
  | {
      readonly type: 'set-field';
      readonly root: RecordRoot;
      readonly id: string;
      readonly field: string;
      readonly value: Plain;
      readonly stamp?: Stamp;
    }
  | { readonly type: 'clear-field'; readonly root: RecordRoot; readonly id: string; readonly field: string }
  /** With `births`, only what was born then: a removal of before that has to be said again. */
  | {
      readonly type: 'remove-record';
      readonly root: RecordRoot;
      readonly id: string;
      readonly births?: readonly Stamp[];
    }
  /** Flat roots; the value is stored as it is given, with its stamp inside where it has one. Never null. */
  | { readonly type: 'set-key'; readonly root: FlatRoot; readonly key: string; readonly value: Plain }
  | { readonly type: 'delete-key'; readonly root: FlatRoot; readonly key: string };

export type PlainFields = Readonly<Record<string, Plain>>;

/** Who writes, when and where. */
export type WriteContext = {
  readonly actor: ActorId;
  /** This replica's clock; one for all documents. */
  readonly stamps: StampClock;
  readonly replica: ReplicaId;
  readonly nowMs: number;
};

/** What planning may know besides the document. */
export type CommandContext = WriteContext & {
  /** Ids for things that a command makes without naming them. */
  readonly newId?: () => string;
  /** Size of the stored document (update v2), when the caller knows it; beyond the limit nothing is added. */
  readonly documentBytes?: number;
};

/** Where a transaction comes from. Every transaction that this folder makes carries one of these as its origin. */
export type Origin =
  | { readonly type: 'command'; readonly actor: ActorId }
  | { readonly type: 'undo'; readonly actor: ActorId }
  /** Writing down what the view had to decide. */
  | { readonly type: 'settle' }
  /** Bringing an unsaved edit back whose record was carried elsewhere. */
  | { readonly type: 'rescue' }
  | { readonly type: 'retire' }
  | { readonly type: 'migrate' };

export type DocumentName = 'catalogue' | `wall:${WallId}`;

/**
 * What a step did, with what was there before: for undo, history and rescue. Plain JSON; `null` stands for nothing there.
 * `births` are those of the copy that was written to.
 */
export type Change =
  | {
      readonly type: 'created';
      readonly root: RecordRoot;
      readonly id: string;
      readonly generation: string;
      readonly record: StoredRecord;
    }
  | {
      readonly type: 'field';
      readonly root: RecordRoot;
      readonly id: string;
      readonly generation: string;
      readonly births: readonly Stamp[];
      readonly field: string;
      /** A value of null was cleared; null itself stands for never said, or gone without a word. */
      readonly before: StoredField | null;
      readonly after: StoredField | null;
    }
  | {
      readonly type: 'removed';
      readonly root: RecordRoot;
      readonly id: string;
      readonly before: StoredRecord;
    }
  | {
      readonly type: 'key';
      readonly root: FlatRoot;
      readonly key: string;
      readonly before: Plain;
      readonly after: Plain;
    };

/** A record as it was shown before somebody here edited it. */
export type KnownRecord = { readonly root: RecordRoot; readonly id: string; readonly record: StoredRecord };

/** A command that was applied. Plain JSON, so that it can be kept beside the edit's bytes until the server has it. */
export type Applied = {
  readonly document: DocumentName;
  readonly actor: ActorId;
  readonly atMs: number;
  readonly changes: readonly Change[];
  /** The records that were edited, whole, as they were: should one be carried away meanwhile, it comes back with the edit. */
  readonly known: readonly KnownRecord[];
};
