import { createHash } from 'node:crypto';
import type { Clock } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { neighbourhood, type Caller } from './caller.ts';
import type { AccountStores } from './account-stores.ts';
import type { Passwords } from './argon2-passwords.ts';
import type { Quota, Quotas } from './quotas.ts';
import type { OpenedSession, Sessions } from './sessions.ts';
import { findTotpStep } from './totp.ts';
import { isActive, type StoredUser } from './user.ts';

/** Somebody at the door. */
export type LogInAttempt = {
  /** Normalised. */
  readonly email: string;
  readonly password: string;
  /** Of the second factor. */
  readonly code: string | undefined;
  readonly from: Caller;
};

export type LogInRefusal =
  /** `user`: the number of whose account it was, if it was anybody's; not to be told to whoever asked. */
  | { readonly reason: 'wrong'; readonly user: number | undefined }
  | { readonly reason: 'code-needed'; readonly user: number }
  | { readonly reason: 'too-many'; readonly retryAfterMs: number };

export type LogIn = (attempt: LogInAttempt) => Promise<Result<OpenedSession, LogInRefusal>>;

const QUARTER_HOUR_MS = 15 * 60_000;
const OF_ACCOUNT: Quota = { limit: 10, windowMs: QUARTER_HOUR_MS };
const OF_ADDRESS: Quota = { limit: 50, windowMs: QUARTER_HOUR_MS };
/** That one person opens: each is kept for a month. */
const OF_SESSIONS: Quota = { limit: 300, windowMs: 4 * QUARTER_HOUR_MS };

type Parts = {
  readonly stores: Pick<AccountStores, 'users'>;
  readonly passwords: Passwords;
  readonly quotas: Quotas;
  readonly sessions: Sessions;
  readonly clock: Clock;
};

/**
 * Lets a person in by email and password. Every attempt is counted before it is looked at, by account and by address; one
 * that succeeds is uncounted. @throws {LogUnavailable}, {PasswordsBusy}
 */
export function createLogIn({ stores, passwords, quotas, sessions, clock }: Parts): LogIn {
  return async ({ email, password, code, from }) => {
    const account = `login:account:${nameOf(email)}`;
    const address = `login:address:${neighbourhood(from.address)}`;
    for (const answer of [await quotas.take(address, OF_ADDRESS), await quotas.take(account, OF_ACCOUNT)]) {
      if (!answer.isWithin) return fail({ reason: 'too-many', retryAfterMs: answer.retryAfterMs });
    }
    const user = await stores.users.find({ email });
    const isRight = await passwords.isRight(password, user?.passwordHash);
    if (!isRight || user === undefined || !isActive(user, clock.nowMs()))
      return fail({ reason: 'wrong', user: user?.number });
    if (user.totpSecret !== undefined) {
      if (code === undefined) return fail({ reason: 'code-needed', user: user.number });
      if (!(await mayPass(user, user.totpSecret, code))) return fail({ reason: 'wrong', user: user.number });
    }
    await quotas.forget(account);
    await quotas.giveBack(address);
    const answer = await quotas.take(`sessions:${user.id}`, OF_SESSIONS);
    if (!answer.isWithin) return fail({ reason: 'too-many', retryAfterMs: answer.retryAfterMs });
    return ok(await sessions.open(user, from));
  };

  async function mayPass({ id }: StoredUser, secret: string, code: string): Promise<boolean> {
    const step = findTotpStep(secret, code, clock.nowMs());
    return step !== undefined && (await stores.users.useTotpStep(id, step));
  }
}

/** An email that fits into a key of Redis, and tells nothing to who reads it there. */
const nameOf = (email: string): string => createHash('sha256').update(email).digest('base64url');
