import type { Result } from '#shared/kernel/result.ts';
import type { Role } from '#shared/model/role.ts';
import type { StoredUser } from './user.ts';

/** Where people are kept. @throws {LogUnavailable} from every call when the database does not answer */
export type UserStore = {
  add(user: NewUser): Promise<Result<StoredUser, 'email-taken'>>;
  /** Undefined also for people who were removed. */
  find(by: UserName): Promise<StoredUser | undefined>;
  /** Everybody who was not removed, in the order in which they came. */
  list(): Promise<readonly StoredUser[]>;
  /** What everybody is called who ever was here, by id; also who was removed, for what they did is still theirs. */
  names(): Promise<ReadonlyMap<string, string>>;
  /** Refuses to leave a store without an admin who may come in, also when two are asked at once. */
  change(id: string, changes: UserChanges, nowMs: number): Promise<Result<StoredUser, ChangeRefusal>>;
  /** Takes their email, password and second factor from the store. What they wrote stays, and so does their name beside it. */
  remove(id: string, nowMs: number): Promise<Result<StoredUser, ChangeRefusal>>;
  /** Each step of a second factor opens once. @returns whether it was not used yet, nor any later one */
  useTotpStep(id: string, step: number): Promise<boolean>;
};

export type UserName = { readonly id: string } | { readonly number: number } | { readonly email: string };

export type NewUser = {
  readonly id: string;
  readonly email: string | undefined;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string | undefined;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | undefined;
};

/** What is not named stays; null takes it away. */
export type UserChanges = {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly passwordHash?: string | undefined;
  readonly totpSecret?: string | null | undefined;
  readonly disabledAtMs?: number | null | undefined;
};

export type ChangeRefusal = 'not-found' | 'last-admin' | 'email-taken';
