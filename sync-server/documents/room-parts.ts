import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { ActorId } from '#shared/model/ids.ts';
import type { HeldReason } from '#shared/protocol/sync-messages.ts';
import type { ServedDocument } from './document-name.ts';
import type { FanOut, News } from './fan-out.ts';
import type { PausedPlatforms } from './paused-platforms.ts';
import type { PeerNotes } from './peer-notes.ts';
import type { EditRefusal, RoomPeer, SentEdit } from './room-peer.ts';
import type { Timers } from './timers.ts';
import type { Waiting } from './unsaved-commits.ts';
import type { UpdateLog } from './update-log.ts';

/** What a room is given. */
export type RoomParts = {
  readonly served: ServedDocument;
  readonly log: UpdateLog;
  readonly fanOut: FanOut;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly limits: RoomLimits;
  readonly watch: RoomWatch;
  /** What waits for the log in all rooms of this instance; each room counts its own into it. */
  readonly waiting: Waiting;
  readonly newBatchId: () => string;
  /** Why nothing of somebody is taken now, if it is not. Without it, everything is. */
  readonly pauseOf?: (actor: ActorId) => HeldReason | undefined;
  /** Of which platforms nothing new is taken now. Without it, everything is. */
  readonly pausedPlatforms?: () => PausedPlatforms;
  /** The room must not be used any more; everybody in it was told to connect again. */
  readonly onLost: () => void;
};

export type RoomLimits = {
  readonly maxUpdateBytes: number;
  /** Of a document, as one update. */
  readonly maxDocumentBytes: number;
  /** Of edits that wait for their turn, and again of edits that wait for a log that is away. */
  readonly maxWaitingBytes: number;
  /** Of edits that wait for a log that is away, in all rooms together. */
  readonly maxWaitingBytesOfAll: number;
  /** What is taken in one turn, so that one busy document does not keep others waiting. */
  readonly maxEntriesPerTurn: number;
};

/** Told what a room does; for metrics. */
export type RoomWatch = {
  /** A commit was passed on to everybody, so long after it began to be stored. */
  told(tookMs: number): void;
  /** A commit was called saved. */
  committed(updates: number, tookMs: number): void;
  refused(reason: EditRefusal['reason']): void;
};

export type StoredNews = News & { readonly type: 'updates' | 'unsaved' };

/** What came of looking into the log for what edits build on: it is away, or somebody would have it done too often. */
export type Looked = 'all-is-here' | 'not-now';

/** What waits for a room's next turn. */
export type RoomEntry =
  | { readonly type: 'question'; readonly peer: RoomPeer; readonly stateVector: Uint8Array }
  | {
      readonly type: 'edit';
      readonly peer: RoomPeer;
      readonly edit: SentEdit;
      readonly notes: PeerNotes;
      readonly round: number;
    }
  /** In the place of an edit for which there was no room. */
  | {
      readonly type: 'overflow';
      readonly peer: RoomPeer;
      readonly n: number | undefined;
      readonly notes: PeerNotes;
      readonly round: number;
    }
  | { readonly type: 'news'; readonly news: StoredNews }
  | { readonly type: 'behind'; readonly last: number }
  /** Edits are there that build on something unknown, which others may have stored. */
  | { readonly type: 'unsure' }
  | { readonly type: 'snapshot' };
