import type { ActorId } from '#shared/model/ids.ts';
import { HeldReason, type Signal, type SignalAnswer } from '#shared/protocol/sync-messages.ts';
import type { FinalUpdateRefusal } from './authorize-update.ts';

/** One connection to a room, as the room sees it. */
export type RoomPeer = {
  readonly actor: ActorId;
  /** Whether it speaks our dialect: it numbers its edits, is answered, and finds out by itself what the server lacks. */
  readonly isNumbered: boolean;
  /** Roots that the peer may write; asked for every edit, as rights change while people work. */
  readonly writable: () => ReadonlySet<string>;
  /** Whether it may bring edits that others made. */
  readonly mayCarry: () => boolean;
  /** It has decided itself what of a platform that is switched off comes in. */
  readonly choosesPlatforms?: true;
  /** Hands whole frames to the connection, in one write. A connection that does not keep up is cut off there, never here. */
  readonly send: (frames: readonly Uint8Array[]) => void;
  /** This many bytes of its edits do not wait in memory any more. */
  readonly taken: (bytes: number) => void;
  /** Answers to its numbered edits, each in its turn. */
  readonly answered: (answers: readonly EditAnswer[]) => void;
  /** This numbered edit is not taken now, nor those after it; it may come again under the same number. */
  readonly held: (n: number, reason: HeldReason) => void;
  /** It sent without a number, or out of order, what is not taken: all that is left is to end its connection. */
  readonly refused: (refusal: EditRefusal) => void;
  /** Whether it may ask a running wall for this. */
  readonly mayAsk: (signal: Signal) => boolean;
  /** It shows the wall, and is asked for this. */
  readonly signalled: (signal: Signal) => void;
  readonly signalAnswered: (answer: SignalAnswer) => void;
  /** The room cannot go on with what it has in memory; who connects again finds what is stored. */
  readonly lost: () => void;
};

/** An edit as it comes from a connection. */
export type SentEdit = {
  readonly bytes: Uint8Array;
  /** The number that its connection gave it; plain clients give none. */
  readonly n: number | undefined;
  /** Whether it is said to be the work of others. */
  readonly carried: boolean;
};

export type EditAnswer =
  | { readonly type: 'saved'; readonly n: number }
  | { readonly type: 'refused'; readonly n: number; readonly refusal: FinalRefusal };

export type EditRefusal = FinalRefusal | PassingRefusal;

/** Sending the same bytes again does not help, or only once a person has seen to it. */
export type FinalRefusal =
  | FinalUpdateRefusal
  /** It was made under a Yjs client id that is somebody else's. */
  | { readonly reason: 'forged-author' }
  /** An earlier edit under the same Yjs client id was refused, which this one builds upon. */
  | { readonly reason: 'follows-refused' }
  /** It adds a stream of a platform of which nothing new is taken now. */
  | { readonly reason: 'platform-switched-off'; readonly platform: string }
  /** The document holds as much as it may. */
  | { readonly reason: 'document-full' };

/** `hold-on`: nothing can be stored now, and no more can wait. Sending it again later helps. */
export type PassingRefusal = { readonly reason: HeldReason };

export const isPassing = (refusal: EditRefusal): refusal is PassingRefusal =>
  HeldReason.options.some((reason) => reason === refusal.reason);
