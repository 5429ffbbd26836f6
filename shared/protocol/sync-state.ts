import type { ActorId } from '../model/ids.ts';
import type { Role } from '../model/role.ts';

/** The truth about a replica and its team's server, for whoever shows it. */
export type SyncState = Readonly<{
  line: LineState;
  /** Own edits that are on disk here and that the server has not saved. */
  unsaved: number;
  /** The server lacks something that this copy holds, and this copy may not bring it. */
  serverLacks: boolean;
  /** Who is at other instances of the server is shown as it was some time ago. */
  othersAreStale: boolean;
  /** Who the server says that one is; from the last time it was asked, while it is away. */
  account: SyncAccount | undefined;
}>;

export type SyncAccount = Readonly<{ actor: ActorId; role: Role }>;

/**
 *     off ─connect─▶ connecting ─▶ syncing ─▶ in-step ⇄ held
 *                        ▲   │        │          │
 *                        └ offline ◀──┴──────────┘      asking, turned-away: until a person does something
 */
export type LineState =
  /** Not asked to connect. */
  | { readonly type: 'off' }
  /** The server cannot be reached now; it is tried again by itself. */
  | { readonly type: 'offline'; readonly words: string }
  | { readonly type: 'connecting' }
  /** Another store than the one this copy belongs to. Nothing is sent or merged before a person has answered. */
  | { readonly type: 'asking'; readonly question: StoreQuestion }
  /** Connected, and what others did meanwhile is on its way. */
  | { readonly type: 'syncing' }
  /** Everything that others did is here. With nothing unsaved: everything is saved. */
  | { readonly type: 'in-step' }
  /** Connected, but the server does not take edits now; they are sent again by themselves. */
  | { readonly type: 'held'; readonly words: string }
  /** The server does not let one in, and trying again does not help. */
  | { readonly type: 'turned-away'; readonly words: string };

/** What a person is asked before this copy meets a store for the first time. */
export type StoreQuestion = Readonly<{
  storeId: string;
  /** The store this copy belongs to now; null for one that belongs to nobody's. */
  ownStoreId: string | null;
  kind: StoreQuestionKind;
  account: SyncAccount;
}>;

export type StoreQuestionKind =
  /** It is empty, and this copy may fill it. Yes: everything here is sent there. */
  | 'fill'
  /** It is empty, and this copy may not fill it. Yes: this copy waits for what others bring; it keeps what it holds. */
  | 'wait-for-others'
  /** Both hold something. Yes: both are put together, here and there. */
  | 'merge'
  /** It holds something, to which this copy may not add all that it holds. Yes: what is there comes here too. */
  | 'take-theirs';
