import { z } from 'zod';
import { ActorId, TileId } from '../model/ids.ts';
import { Role } from '../model/role.ts';
import { DelayMark, DelayWish } from './delay-state.ts';
import { DELAY_SIGNAL, SignalName } from './ipc-contract.ts';

/**
 * What a program of ours and a sync server say to each other beyond the y-websocket protocol. A client asks for it by
 * connecting with `?dialect=streamwall1`; any other client gets plain y-websocket.
 *
 *     client                                   server
 *        │ ◀───────────────────────────── hello │  which store, who you are to it, what it holds
 *        │ resume ────────────────────────────▶ │  what I hold; answered by ordinary updates of all that I lack
 *        │ edit 1, edit 2, edit 3 ────────────▶ │
 *        │ ◀─────────── saved 1, refused 2, saved 3 │  each in its turn; `saved` only once it is stored
 *        │ edit 4, edit 5 ────────────────────▶ │
 *        │ ◀──────────────────────────── held 4 │  not now: 5 was not looked at; later go on with another `edit 4`
 *
 * Updates and presence of others come in y-websocket's own messages. Its question (sync step 1) is not answered here:
 * `resume` takes its place, once the client knows that it has met its own store.
 */
export const SYNC_DIALECT = 'streamwall1';

/** The store's own name, chosen at random when it was made. Whoever meets another one sends nothing before a person says so. */
export const StoreId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);

/** The first word of the server; said again whenever what it says of the client's rights or of others has changed. */
export const Hello = z.object({
  storeId: StoreId,
  /** Whether nothing was ever stored there, in any document. */
  storeIsEmpty: z.boolean(),
  document: z.string().max(64),
  actor: ActorId,
  role: Role,
  /** Roots of this document that the client may change. */
  writable: z.array(z.string().max(64)).max(64),
  /** Whether it may bring edits that others made. */
  mayCarry: z.boolean(),
  /** The highest number in the document's log. */
  last: z.number().int().min(0),
  /** The server's clock, in ms since 1970 UTC. Recorded, not trusted. */
  nowMs: z.number(),
  /** This instance does not hear the others now: who is there, and signals to them, are out of date. */
  othersAreStale: z.boolean().default(false),
});
/** `stateVector`: what the server holds of the document, as Yjs writes it. */
export type Hello = z.infer<typeof Hello> & { readonly stateVector: Uint8Array };

/** Why an edit was refused for good. Sending the same bytes again does not help. */
export const RefusedReason = z.enum([
  /** It is no update, or not one that may be applied whole. */
  'malformed',
  'cyclic',
  'future-deletion',
  'too-large',
  /** It puts in something that has no place in our documents. */
  'foreign-content',
  'unknown-root',
  /** The role does not allow it; `root` says where. */
  'forbidden-root',
  /** It was made under a Yjs client id that is somebody else's. */
  'forged-author',
  /** It builds on an edit that was refused. */
  'follows-refused',
  'document-full',
  /** It adds a stream of a platform that an admin has switched off; `root` says which. */
  'platform-switched-off',
  /** Something that this version of the program has no word for. */
  'other',
]);
export type RefusedReason = z.infer<typeof RefusedReason>;

/** Why an edit is not taken now; the same one may be taken later. */
export const HeldReason = z.enum([
  /** The server cannot store now, and as much waits as may. */
  'hold-on',
  /** It builds on what the server does not have (yet). */
  'missing-dependency',
  /** The server is being looked after: it takes no edits at all. */
  'maintenance',
  /** An admin has switched this bot off. */
  'switched-off',
]);
export type HeldReason = z.infer<typeof HeldReason>;

/** Chosen by whoever asks; the answers carry it. */
const SignalId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);

/** A one-off request to whoever shows the wall. Never stored, never replayed. */
export const Signal = z.discriminatedUnion('signal', [
  z.object({ id: SignalId, signal: SignalName, tile: TileId }),
  /** To one of them alone, for its Streamdelay server: the one that shows this mark of itself. */
  z.object({ id: SignalId, signal: z.literal(DELAY_SIGNAL), at: DelayMark, wish: DelayWish }),
]);
export type Signal = z.infer<typeof Signal>;

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
export type WantedSignal = WithoutId<Signal>;

export const SignalAnswer = z.object({
  id: SignalId,
  outcome: z.enum([
    'done',
    /** The wall that heard it shows no such tile, or has no such Streamdelay server. */
    'no-such-tile',
    /** The wall that heard it cannot do that. */
    'failed',
    /** Said by the server: nobody who is connected shows this wall. */
    'no-output',
    /** Said by the server: the role does not allow it. */
    'forbidden',
  ]),
  /** A sentence for a person. */
  words: z.string().max(500).optional(),
});
/** `picture`: of a still, as its file's bytes. */
export type SignalAnswer = z.infer<typeof SignalAnswer> & { readonly picture?: Uint8Array };

/** At most this many bytes of a still travel. */
export const MAX_PICTURE_BYTES = 900_000;

export type ClientMessage =
  /** `stateVector`: what the client holds. */
  | { readonly type: 'resume'; readonly stateVector: Uint8Array }
  /**
   * The client's next edit, a Yjs update (v1). Numbered from 1 in each connection without gaps; after `held n` the next
   * is again n. `carried`: edits of others, brought back by somebody who may.
   */
  | { readonly type: 'edit'; readonly n: number; readonly carried: boolean; readonly update: Uint8Array }
  | { readonly type: 'signal'; readonly signal: Signal }
  | { readonly type: 'signal-answer'; readonly answer: SignalAnswer }
  /** Whether this client shows the document's wall on a screen, and so hears its signals. */
  | { readonly type: 'output'; readonly shown: boolean };

export type ServerMessage =
  | { readonly type: 'hello'; readonly hello: Hello }
  /** Every edit of this connection up to `n` that was not refused is stored. */
  | { readonly type: 'saved'; readonly n: number }
  /** Comes in its turn: all before `n` are answered. */
  | {
      readonly type: 'refused';
      readonly n: number;
      readonly reason: RefusedReason;
      readonly root?: string | undefined;
    }
  /** This edit and those after it were not taken. Earlier ones may still be unanswered. */
  | { readonly type: 'held'; readonly n: number; readonly reason: HeldReason }
  | { readonly type: 'signal'; readonly signal: Signal }
  | { readonly type: 'signal-answer'; readonly answer: SignalAnswer };
