import type { Clock } from '#shared/kernel/clock.ts';
import type { Account } from './access.ts';
import type { AccountStores } from './account-stores.ts';
import { idsOf, keyHandle, sessionHandle, type Handle } from './handle.ts';
import type { AccessTokens } from './jose-access-tokens.ts';
import { rememberFound } from './remember-found.ts';
import { isSameHash, makeToken, readToken } from './secret-token.ts';
import { shareFinds } from './share-finds.ts';
import { accountOfKey, readKey, type StoredKey } from './service-key.ts';
import { SESSION_IDLE_MS, type LiveSession } from './session-store.ts';
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
  /** What these may now, who are here; those who may not come in any more are left out. */
  readonly rights: (handles: readonly Handle[]) => Promise<ReadonlyMap<Handle, Account>>;
  /** Another instance knows that this is nobody's any more, while the database does not answer here. */
  readonly forget: (handle: Handle) => void;
  /** Writes down who was here since the last time. */
  readonly noteUses: () => Promise<void>;
};

export const TICKET_LASTS_MS = 30_000;

type Parts = {
  readonly stores: Pick<AccountStores, 'keys' | 'sessions' | 'tickets'>;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
};

export function createSignIn(parts: Parts): SignIn {
  const { stores, tokens, clock } = parts;
  const used = new Set<Handle>();
  const finder = createFinder(parts);
  const welcome = (signedIn: SignedIn | undefined): SignedIn | undefined => {
    if (signedIn !== undefined) used.add(signedIn.handle);
    return signedIn;
  };
  return {
    byToken: async (token) => {
      if (token.startsWith('swk_')) return welcome(await finder.byKey(token));
      const read = await tokens.read(token, clock.nowMs());
      return read && welcome(await finder.bySession(read.sessionId));
    },
    byTicket: async (ticket) => {
      const read = readToken('swt', ticket);
      const handle = read && (await stores.tickets.take(read.hash, clock.nowMs()));
      return handle && welcome(await finder.byHandle(handle));
    },
    makeTicket: async (handle) => {
      const { hash, token } = makeToken('swt');
      const expiresAtMs = clock.nowMs() + TICKET_LASTS_MS;
      await stores.tickets.add({ hash, handle, expiresAtMs });
      return { ticket: token, expiresAtMs };
    },
    rights: async (handles) => {
      const rights = await finder.rights(handles);
      for (const handle of rights.keys()) used.add(handle);
      return rights;
    },
    forget: finder.forget,
    noteUses: async () => {
      const handles = [...used];
      used.clear();
      const [keys, sessions] = [idsOf('key', handles), idsOf('session', handles)];
      if (keys.length > 0) await stores.keys.touch(keys, clock.nowMs());
      if (sessions.length > 0)
        await stores.sessions.touch(sessions, clock.nowMs(), clock.nowMs() + SESSION_IDLE_MS);
    },
  };
}

/** Looks up what handles stand for, also for a while after the database went away. */
function createFinder({ stores, clock }: Parts) {
  const idOfKey = ({ id }: StoredKey): string => id;
  const idOfSession = ({ session }: LiveSession): string => session.id;
  const askForKeys = shareFinds(async (ids) => stores.keys.find(ids), idOfKey);
  const askForSessions = shareFinds(async (ids) => stores.sessions.find(ids, clock.nowMs()), idOfSession);
  const rememberedKeys = rememberFound(askForKeys, idOfKey, clock);
  const rememberedSessions = rememberFound(askForSessions, idOfSession, clock);
  const [findKeys, findSessions] = [rememberedKeys.find, rememberedSessions.find];
  const forget = (handle: Handle): void => {
    rememberedKeys.forget(idsOf('key', [handle]));
    rememberedSessions.forget(idsOf('session', [handle]));
  };
  const welcomeKey = (key: StoredKey | undefined): SignedIn | undefined => {
    const account = key && accountOfKey(key, clock.nowMs());
    return key && account && { account, handle: keyHandle(key.id), person: undefined };
  };
  const byKey = async (token: string): Promise<SignedIn | undefined> => {
    const read = readKey(token);
    if (read === undefined) return undefined;
    const [key] = await findKeys([read.id]);
    return key !== undefined && isSameHash(key.hash, read.hash) ? welcomeKey(key) : undefined;
  };
  const bySession = async (id: string): Promise<SignedIn | undefined> => {
    const [live] = await findSessions([id]);
    const account = live && accountOfSession(live, clock.nowMs());
    return account && { account, handle: sessionHandle(id), person: live.user };
  };
  const byHandle = async (handle: Handle): Promise<SignedIn | undefined> => {
    const [sessionId] = idsOf('session', [handle]);
    if (sessionId !== undefined) return bySession(sessionId);
    return welcomeKey((await findKeys(idsOf('key', [handle])))[0]);
  };
  const rights = async (handles: readonly Handle[]): Promise<ReadonlyMap<Handle, Account>> => {
    const [keys, sessions] = [idsOf('key', handles), idsOf('session', handles)];
    const nowMs = clock.nowMs();
    const [foundKeys, foundSessions] = await Promise.all([
      keys.length === 0 ? [] : findKeys(keys),
      sessions.length === 0 ? [] : findSessions(sessions),
    ]);
    const found: readonly (readonly [Handle, Account | undefined])[] = [
      ...foundKeys.map((key) => [keyHandle(key.id), accountOfKey(key, nowMs)] as const),
      ...foundSessions.map(
        (live) => [sessionHandle(live.session.id), accountOfSession(live, nowMs)] as const,
      ),
    ];
    return new Map(found.flatMap(([handle, account]) => (account === undefined ? [] : [[handle, account]])));
  };
  return { byKey, bySession, byHandle, rights, forget };
}

function accountOfSession({ session, user }: LiveSession, nowMs: number): Account | undefined {
  if (session.expiresAtMs <= nowMs || !isActive(user, nowMs)) return undefined;
  return { actor: actorOfUser(user.id), role: user.role, grants: [] };
}
