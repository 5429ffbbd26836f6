import type { InviteStore } from './invite-store.ts';
import type { KeyStore } from './key-store.ts';
import type { SessionStore } from './session-store.ts';
import type { TicketStore } from './ticket-store.ts';
import type { UserStore } from './user-store.ts';

/** Everything durable about who may come in. */
export type AccountStores = {
  readonly keys: KeyStore;
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly invites: InviteStore;
  readonly tickets: TicketStore;
  /** What access tokens are signed with, the same for every instance; made at random when first asked for. */
  readonly signingKey: () => Promise<Uint8Array>;
  /** Puts another in its place: what the old one signed opens nothing any more. */
  readonly rotateSigningKey: () => Promise<void>;
};
