import type { Clock } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Role } from '#shared/model/role.ts';
import type { AccountStores } from './account-stores.ts';
import type { Passwords } from './argon2-passwords.ts';
import { findPasswordProblem, type PasswordProblem } from './password-rules.ts';
import { makeId } from './secret-token.ts';
import type { ChangeRefusal, UserChanges } from './user-store.ts';
import type { StoredUser } from './user.ts';

/** Why somebody cannot become a member, or not with this password. */
export type MemberRefusal =
  | { readonly reason: 'email-taken' }
  | { readonly reason: 'weak-password'; readonly problem: PasswordProblem };

export type MemberChanges = Omit<UserChanges, 'passwordHash'> & { readonly password?: string | undefined };

/** @throws {LogUnavailable}, {PasswordsBusy} from every call */
export type Members = {
  /** Whether these will do; nothing is kept yet. */
  readonly prepare: (
    email: string | undefined,
    password: string | undefined,
  ) => Promise<Result<{ readonly email: string; readonly passwordHash: string }, MemberRefusal>>;
  readonly add: (member: NewMember) => Promise<Result<StoredUser, MemberRefusal>>;
  /** Also ends the sessions that the change is a reason to end: all when disabled, all but `keepSession` for a new password. */
  readonly change: (
    user: StoredUser,
    changes: MemberChanges,
    keepSession?: string,
  ) => Promise<Result<StoredUser, MemberRefusal | { readonly reason: ChangeRefusal }>>;
};

export type NewMember = {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
};

type Parts = {
  readonly stores: Pick<AccountStores, 'users' | 'sessions'>;
  readonly passwords: Passwords;
  readonly clock: Clock;
};

export function createMembers({ stores, passwords, clock }: Parts): Members {
  const hashed = async (
    password: string,
    email: string | undefined,
  ): Promise<Result<string, MemberRefusal>> => {
    const problem = findPasswordProblem(password, email);
    return problem === undefined
      ? ok(await passwords.hash(password))
      : fail({ reason: 'weak-password', problem });
  };
  const prepare: Members['prepare'] = async (email = '', password = '') => {
    const problem = findPasswordProblem(password, email);
    if (problem !== undefined) return fail({ reason: 'weak-password', problem });
    if ((await stores.users.find({ email })) !== undefined) return fail({ reason: 'email-taken' });
    return ok({ email, passwordHash: await passwords.hash(password) });
  };
  return {
    prepare,
    add: async ({ email, name, role, password }) => {
      const prepared = await prepare(email, password);
      if (!prepared.ok) return prepared;
      const added = await stores.users.add({
        ...{ id: makeId(), name, role, createdAtMs: clock.nowMs(), expiresAtMs: undefined },
        ...prepared.value,
      });
      return added.ok ? added : fail({ reason: added.error });
    },
    change: async (user, { password, ...changes }, keepSession) => {
      const hash =
        password === undefined ? ok(undefined) : await hashed(password, changes.email ?? user.email);
      if (!hash.ok) return hash;
      const all = hash.value === undefined ? changes : { ...changes, passwordHash: hash.value };
      const changed = await stores.users.change(user.id, all, clock.nowMs());
      if (!changed.ok) return fail({ reason: changed.error });
      if (typeof changes.disabledAtMs === 'number') {
        await stores.sessions.endAllOf(user.id, undefined, clock.nowMs());
      } else if (password !== undefined) {
        await stores.sessions.endAllOf(user.id, keepSession, clock.nowMs());
      }
      return changed;
    },
  };
}
