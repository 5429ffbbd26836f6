import type { Clock } from '#shared/kernel/clock.ts';
import type { AccountStores } from './account-stores.ts';
import type { Passwords } from './argon2-passwords.ts';
import { createInvitations, type Invitations } from './invitations.ts';
import { createAccessTokens } from './jose-access-tokens.ts';
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
  const tokens = createAccessTokens(await parts.stores.signingKey(), parts.storeId, parts.accessLastsMs);
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
  };
}
