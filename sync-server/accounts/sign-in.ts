import type { Clock } from '#shared/kernel/clock.ts';
import type { Account } from './access.ts';
import type { AccountStores } from './account-stores.ts';
import { Handle, idsOf, keyHandle, sessionHandle } from './handle.ts';
import type { AccessTokens } from './jose-access-tokens.ts';
import { rememberFound } from './remember-found.ts';
import { isSameHash, makeToken, readToken } from './secret-token.ts';
import { accountOfKey, readKey } from './service-key.ts';
import type { LiveSession } from './session-store.ts';
import { actorOfUser, isActive, type StoredUser } from './user.ts';

/** Somebody who signed in: who, what they may do, and what it hangs on. */
export type SignedIn = {
  readonly account: Account;
  readonly handle: Handle;
  /** Undefined for programs, which have keys. */
  readonly person: StoredUser | undefined;
};

/** Lets in whoever shows who they are. @throws {LogUnavailable} from every call when nobody can say */
export type SignIn = {
  /** With a service key or an access token. Undefined when it is nobody's. */
  readonly byToken: (token: string) => Promise<SignedIn | undefined>;
  /** With a ticket, which opens once. */
  readonly byTicket: (ticket: string) => Promise<SignedIn | undefined>;
  readonly makeTicket: (handle: Handle) => Promise<{ readonly ticket: string; readonly expiresAtMs: number }>;
  /** What these may now; those who may not come in any more are left out. */
  readonly rights: (handles: readonly Handle[]) => Promise<ReadonlyMap<Handle, Account>>;
  /** Writes down who was here since the last time. */
  readonly noteUses: () => Promise<void>;
};

export const TICKET_LASTS_MS = 30_000;

type Parts = {
  readonly stores: Pick<AccountStores, 'keys' | 'sessions' | 'tickets'>;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
};

export function createSignIn({ stores, tokens, clock }: Parts): SignIn {
  const findKeys = rememberFound(
    async (ids) => stores.keys.find(ids),
    ({ id }) => id,
    clock,
  );
  const findSessions = rememberFound(
    async (ids) => stores.sessions.find(ids, clock.nowMs()),
    ({ session }) => session.id,
    clock,
  );
  const used = new Set<Handle>();
  const welcome = (signedIn: SignedIn): SignedIn => {
    used.add(signedIn.handle);
    return signedIn;
  };

  const byKey = async (token: string): Promise<SignedIn | undefined> => {
    const read = readKey(token);
    if (read === undefined) return undefined;
    const [key] = await findKeys([read.id]);
    if (key === undefined || !isSameHash(key.hash, read.hash)) return undefined;
    const account = accountOfKey(key, clock.nowMs());
    return account && welcome({ account, handle: keyHandle(key.id), person: undefined });
  };
  const bySession = async (id: string): Promise<SignedIn | undefined> => {
    const [live] = await findSessions([id]);
    const account = live && accountOfSession(live, clock.nowMs());
    return account && welcome({ account, handle: sessionHandle(id), person: live.user });
  };
  const byHandle = async (handle: Handle): Promise<SignedIn | undefined> => {
    const [sessionId] = idsOf('session', [handle]);
    if (sessionId !== undefined) return bySession(sessionId);
    const [key] = await findKeys(idsOf('key', [handle]));
    const account = key && accountOfKey(key, clock.nowMs());
    return account && welcome({ account, handle, person: undefined });
  };

  return {
    byToken: async (token) => {
      if (token.startsWith('swk_')) return byKey(token);
      const read = await tokens.read(token, clock.nowMs());
      return read && bySession(read.sessionId);
    },
    byTicket: async (ticket) => {
      const read = readToken('swt', ticket);
      const handle = read && (await stores.tickets.take(read.hash, clock.nowMs()));
      return handle && byHandle(handle);
    },
    makeTicket: async (handle) => {
      const { hash, token } = makeToken('swt');
      const expiresAtMs = clock.nowMs() + TICKET_LASTS_MS;
      await stores.tickets.add({ hash, handle, expiresAtMs });
      return { ticket: token, expiresAtMs };
    },
    rights: async (handles) => {
      const [keys, sessions] = [idsOf('key', handles), idsOf('session', handles)];
      const nowMs = clock.nowMs();
      const [foundKeys, foundSessions] = await Promise.all([
        keys.length === 0 ? [] : findKeys(keys),
        sessions.length === 0 ? [] : findSessions(sessions),
      ]);
      const rights = new Map<Handle, Account>();
      const note = (handle: Handle, account: Account | undefined): void => {
        if (account !== undefined) rights.set(handle, account);
      };
      for (const key of foundKeys) note(keyHandle(key.id), accountOfKey(key, nowMs));
      for (const live of foundSessions) note(sessionHandle(live.session.id), accountOfSession(live, nowMs));
      return rights;
    },
    noteUses: async () => {
      const handles = [...used];
      used.clear();
      const [keys, sessions] = [idsOf('key', handles), idsOf('session', handles)];
      if (keys.length > 0) await stores.keys.touch(keys, clock.nowMs());
      if (sessions.length > 0) await stores.sessions.touch(sessions, clock.nowMs());
    },
  };
}

function accountOfSession({ session, user }: LiveSession, nowMs: number): Account | undefined {
  if (session.expiresAtMs <= nowMs || !isActive(user, nowMs)) return undefined;
  return { actor: actorOfUser(user.id), role: user.role, grants: [] };
}
