import type { Clock } from '#shared/kernel/clock.ts';
import type { AccountStores } from './account-stores.ts';
import type { Passwords } from './argon2-passwords.ts';
import { createInvitations, type Invitations } from './invitations.ts';
import { createAccessTokens, type AccessTokens } from './jose-access-tokens.ts';
import { createLogIn, type LogIn } from './log-in.ts';
import { createMembers, type Members } from './members.ts';
import type { Quotas } from './quotas.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSignIn, type SignIn } from './sign-in.ts';

/** Everything that the server does about who may come in. */
export type Accounts = {
  readonly stores: AccountStores;
  readonly signIn: SignIn;
  readonly logIn: LogIn;
  readonly sessions: Sessions;
  readonly members: Members;
  readonly invitations: Invitations;
  readonly passwords: Passwords;
  /** Signs with another key, and believes no other, if it was rotated. To be called every second. @throws {LogUnavailable} */
  readonly renewKey: () => Promise<void>;
};

type Parts = {
  readonly stores: AccountStores;
  readonly storeId: string;
  readonly quotas: Quotas;
  readonly passwords: Passwords;
  readonly clock: Clock;
  /** A day at most. */
  readonly accessLastsMs: number;
};

/** @throws {LogUnavailable} */
export async function createAccounts(parts: Parts): Promise<Accounts> {
  const { stores, storeId, accessLastsMs } = parts;
  let key = await stores.signingKey();
  let signed = createAccessTokens(key, storeId, accessLastsMs);
  const tokens: AccessTokens = {
    make: async (...what) => signed.make(...what),
    read: async (...what) => signed.read(...what),
  };
  const sessions = createSessions({ ...parts, tokens });
  const members = createMembers(parts);
  return {
    stores: parts.stores,
    passwords: parts.passwords,
    signIn: createSignIn({ ...parts, tokens }),
    logIn: createLogIn({ ...parts, sessions }),
    sessions,
    members,
    invitations: createInvitations({ ...parts, members }),
    renewKey: async () => {
      const now = await stores.signingKey();
      if (Buffer.compare(now, key) === 0) return;
      key = now;
      signed = createAccessTokens(key, storeId, accessLastsMs);
    },
  };
}
