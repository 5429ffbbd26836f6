import { isSameHash } from './secret-token.ts';
import type { LiveSession, RotateOutcome, RotateTimes, Session, SessionStore } from './session-store.ts';
import type { UserStore } from './user-store.ts';
import { isActive } from './user.ts';

type Kept = {
  session: Session;
  readonly tokens: { readonly hash: Uint8Array; usedAtMs: number | undefined }[];
};

/** Sessions that are gone when the process ends: for tests. */
export function createInMemorySessionStore(users: UserStore): SessionStore {
  const all = new Map<string, Kept>();
  const live = async (id: string, nowMs: number): Promise<LiveSession | undefined> => {
    const session = all.get(id)?.session;
    if (session === undefined || session.expiresAtMs <= nowMs) return undefined;
    const user = await users.find({ id: session.userId });
    return user !== undefined && isActive(user, nowMs) ? { session, user } : undefined;
  };
  const liveOnes = async (ids: Iterable<string>, nowMs: number): Promise<readonly LiveSession[]> =>
    (await Promise.all([...ids].map(async (id) => live(id, nowMs)))).filter((one) => one !== undefined);
  return {
    open: async (session, hash) => {
      all.set(session.id, { session, tokens: [{ hash, usedAtMs: undefined }] });
      return Promise.resolve();
    },
    find: async (ids, nowMs) => liveOnes(ids, nowMs),
    listOf: async (userId, nowMs) =>
      (await liveOnes(all.keys(), nowMs))
        .map(({ session }) => session)
        .filter((session) => session.userId === userId)
        .toSorted((a, b) => b.lastUsedAtMs - a.lastUsedAtMs),
    rotate: async (id, used, fresh, times) => {
      const isAlive = (await live(id, times.nowMs)) !== undefined;
      const outcome = rotate(all.get(id), isAlive, used, fresh, times);
      if (outcome === 'reused') all.delete(id);
      return outcome;
    },
    touch: async (ids, atMs, expiresAtMs) => {
      for (const id of ids) {
        const kept = all.get(id);
        if (kept !== undefined) kept.session = { ...kept.session, lastUsedAtMs: atMs, expiresAtMs };
      }
      return Promise.resolve();
    },
    end: async (id, nowMs) => {
      const kept = all.get(id);
      all.delete(id);
      return Promise.resolve(kept !== undefined && kept.session.expiresAtMs > nowMs);
    },
    endAllOf: async (userId, exceptId) => {
      const ended = [...all.values()].filter(
        ({ session }) => session.userId === userId && session.id !== exceptId,
      );
      for (const { session } of ended) all.delete(session.id);
      return Promise.resolve(ended.length);
    },
    forget: async (beforeMs) => {
      const over = [...all.values()].filter(({ session }) => session.expiresAtMs < beforeMs);
      for (const { session } of over) all.delete(session.id);
      return Promise.resolve(over.length);
    },
  };
}

function rotate(
  kept: Kept | undefined,
  isAlive: boolean,
  used: Uint8Array,
  fresh: Uint8Array,
  { nowMs, expiresAtMs, graceMs }: RotateTimes,
): RotateOutcome {
  const token = kept?.tokens.find(({ hash }) => isSameHash(hash, used));
  if (kept === undefined || token === undefined) return 'unknown';
  const isOver = token.usedAtMs !== undefined && token.usedAtMs <= nowMs - graceMs;
  if (isOver || !isAlive) return 'reused';
  token.usedAtMs ??= nowMs;
  kept.tokens.push({ hash: fresh, usedAtMs: undefined });
  kept.session = { ...kept.session, lastUsedAtMs: nowMs, expiresAtMs };
  return 'rotated';
}
