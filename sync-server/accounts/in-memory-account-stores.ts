import { randomBytes } from 'node:crypto';
import type { AccountStores } from './account-stores.ts';
import { createInMemoryKeyStore } from './in-memory-key-store.ts';
import { createInMemorySessionStore } from './in-memory-session-store.ts';
import { createInMemoryUserStore } from './in-memory-user-store.ts';
import type { Handle } from './handle.ts';
import type { Invite, InviteStore } from './invite-store.ts';
import { isSameHash } from './secret-token.ts';
import type { TicketStore } from './ticket-store.ts';

/** Accounts that are gone when the process ends: for tests. */
export function createInMemoryAccountStores(): AccountStores {
  const users = createInMemoryUserStore();
  let secret = new Uint8Array(randomBytes(32));
  return {
    keys: createInMemoryKeyStore(),
    users,
    sessions: createInMemorySessionStore(users),
    invites: createInMemoryInviteStore(),
    tickets: createInMemoryTicketStore(),
    signingKey: async () => Promise.resolve(secret),
    rotateSigningKey: async () => {
      secret = new Uint8Array(randomBytes(32));
      return Promise.resolve();
    },
  };
}

function createInMemoryInviteStore(): InviteStore {
  type Kept = { readonly invite: Invite; readonly hash: Uint8Array; isUsed: boolean };
  const invites = new Map<string, Kept>();
  const open = (id: string, nowMs: number): Kept | undefined => {
    const kept = invites.get(id);
    return kept === undefined || kept.isUsed || kept.invite.expiresAtMs <= nowMs ? undefined : kept;
  };
  const look = (id: string, hash: Uint8Array, nowMs: number): Kept | undefined => {
    const kept = open(id, nowMs);
    return kept !== undefined && isSameHash(kept.hash, hash) ? kept : undefined;
  };
  return {
    add: async (invite, hash) => {
      invites.set(invite.id, { invite, hash, isUsed: false });
      return Promise.resolve();
    },
    look: async (id, hash, nowMs) => Promise.resolve(look(id, hash, nowMs)?.invite),
    take: async (id, hash, nowMs) => {
      const kept = look(id, hash, nowMs);
      if (kept !== undefined) kept.isUsed = true;
      return Promise.resolve(kept?.invite);
    },
    giveBack: async (id) => {
      const kept = invites.get(id);
      if (kept !== undefined) kept.isUsed = false;
      return Promise.resolve();
    },
    list: async (nowMs) =>
      Promise.resolve([...invites.keys()].flatMap((id) => open(id, nowMs)?.invite ?? [])),
    revoke: async (id, nowMs) => Promise.resolve(open(id, nowMs) !== undefined && invites.delete(id)),
  };
}

function createInMemoryTicketStore(): TicketStore {
  const tickets = new Map<string, { readonly handle: Handle; readonly expiresAtMs: number }>();
  const nameOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
  return {
    add: async ({ hash, ...ticket }) => {
      tickets.set(nameOf(hash), ticket);
      return Promise.resolve();
    },
    take: async (hash, nowMs) => {
      const ticket = tickets.get(nameOf(hash));
      tickets.delete(nameOf(hash));
      return Promise.resolve(ticket !== undefined && ticket.expiresAtMs > nowMs ? ticket.handle : undefined);
    },
  };
}
