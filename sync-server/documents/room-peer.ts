import type { ActorId } from '#shared/model/ids.ts';
import type { UpdateRefusal } from './authorize-update.ts';

/** One connection to a room, as the room sees it. */
export type RoomPeer = {
  readonly actor: ActorId;
  /** Roots that the peer may write; asked for every edit, as rights change while people work. */
  readonly writable: () => ReadonlySet<string>;
  /** Whether it may bring edits that others made. */
  readonly mayCarry: () => boolean;
  /** Hands whole frames to the connection, in one write. A connection that does not keep up is cut off there, never here. */
  readonly send: (frames: readonly Uint8Array[]) => void;
  /** This many bytes of its edits do not wait in memory any more. */
  readonly taken: (bytes: number) => void;
  /** Answers to its edits, by the name that it gave them; plain clients give none. */
  readonly saved: (edit: EditTag) => void;
  readonly refused: (edit: EditTag, refusal: EditRefusal) => void;
  /** The room cannot go on with what it has in memory; who connects again finds what is stored. */
  readonly lost: () => void;
};

export type EditTag = number | undefined;

export type EditRefusal =
  | UpdateRefusal
  /** It was made under a Yjs client id that is somebody else's. */
  | { readonly reason: 'forged-author' }
  /** An earlier edit under the same Yjs client id was refused, which this one builds upon. */
  | { readonly reason: 'follows-refused' }
  /** The document holds as much as it may. */
  | { readonly reason: 'document-full' }
  /** Nothing can be stored now, and no more can wait. Sending it again later helps. */
  | { readonly reason: 'hold-on' };
