import { fail, ok } from '#shared/kernel/result.ts';
import type { UserChanges, UserStore } from './user-store.ts';
import type { StoredUser } from './user.ts';

/** People who are gone when the process ends: for tests. */
export function createInMemoryUserStore(): UserStore {
  const users = new Map<string, StoredUser>();
  const removed = new Map<string, string>();
  const steps = new Map<string, number>();
  let lastNumber = 0;
  const isTaken = (email: string | undefined, byOther: string): boolean =>
    email !== undefined && [...users.values()].some((user) => user.email === email && user.id !== byOther);
  const isLastAdmin = (id: string): boolean => isOnlyAdmin(users.values(), id);
  return {
    add: async ({ createdAtMs, ...user }) => {
      if (isTaken(user.email, user.id)) return Promise.resolve(fail('email-taken'));
      lastNumber += 1;
      const times = { createdAtMs, updatedAtMs: createdAtMs, disabledAtMs: undefined };
      const stored = { ...user, ...times, number: lastNumber, totpSecret: undefined };
      users.set(user.id, stored);
      return Promise.resolve(ok(stored));
    },
    find: async (by) =>
      Promise.resolve(
        [...users.values()].find((user) =>
          'id' in by
            ? user.id === by.id
            : 'number' in by
              ? user.number === by.number
              : user.email === by.email,
        ),
      ),
    list: async () => Promise.resolve([...users.values()].toSorted((a, b) => a.number - b.number)),
    names: async () =>
      Promise.resolve(
        new Map([...removed, ...[...users.values()].map(({ id, name }) => [id, name] as const)]),
      ),
    change: async (id, { disabledAtMs, totpSecret, ...changes }, nowMs) => {
      const user = users.get(id);
      if (user === undefined) return Promise.resolve(fail('not-found'));
      if (isTaken(changes.email, id)) return Promise.resolve(fail('email-taken'));
      const takesAdmin =
        (changes.role !== undefined && changes.role !== 'admin') || typeof disabledAtMs === 'number';
      if (takesAdmin && isLastAdmin(id)) return Promise.resolve(fail('last-admin'));
      const stored = withChanges(user, { disabledAtMs, totpSecret, ...changes }, nowMs);
      users.set(id, stored);
      return Promise.resolve(ok(stored));
    },
    remove: async (id) => {
      const user = users.get(id);
      if (user === undefined) return Promise.resolve(fail('not-found'));
      if (isLastAdmin(id)) return Promise.resolve(fail('last-admin'));
      users.delete(id);
      removed.set(id, user.name);
      return Promise.resolve(
        ok({ ...user, email: undefined, passwordHash: undefined, totpSecret: undefined }),
      );
    },
    useTotpStep: async (id, step) => {
      const isNew = step > (steps.get(id) ?? 0);
      if (isNew) steps.set(id, step);
      return Promise.resolve(isNew);
    },
  };
}

function isOnlyAdmin(users: Iterable<StoredUser>, id: string): boolean {
  const admins = [...users].filter(
    ({ role, disabledAtMs, expiresAtMs }) =>
      role === 'admin' && disabledAtMs === undefined && expiresAtMs === undefined,
  );
  return admins.length === 1 && admins[0]?.id === id;
}

function withChanges(user: StoredUser, changes: UserChanges, nowMs: number): StoredUser {
  const { disabledAtMs, totpSecret } = changes;
  return {
    ...user,
    updatedAtMs: nowMs,
    email: changes.email ?? user.email,
    name: changes.name ?? user.name,
    role: changes.role ?? user.role,
    passwordHash: changes.passwordHash ?? user.passwordHash,
    disabledAtMs: disabledAtMs === undefined ? user.disabledAtMs : (disabledAtMs ?? undefined),
    totpSecret: totpSecret === undefined ? user.totpSecret : (totpSecret ?? undefined),
  };
}
