import { createAccounts, type Accounts } from './create-accounts.ts';
import { createInMemoryAccountStores } from './in-memory-account-stores.ts';
import { createInMemoryQuotas } from './in-memory-quotas.ts';
import type { Passwords } from './argon2-passwords.ts';
import type { StoredUser } from './user.ts';

export type TestAccounts = {
  readonly accounts: Accounts;
  /** Moves the clock. */
  readonly wait: (ms: number) => void;
  readonly nowMs: () => number;
  readonly addUser: (email: string, role?: StoredUser['role']) => Promise<StoredUser>;
};

export const GOOD_PASSWORD = 'correct horse battery';

/** Hashes that cost nothing; what argon2 does has tests of its own. */
const cheap: Passwords = {
  hash: async (password) => Promise.resolve(`cheap:${password}`),
  isRight: async (password, hash) => Promise.resolve(hash === `cheap:${password}`),
};

/** For tests: accounts in memory, at a time that the test decides. */
export async function openTestAccounts(passwords = cheap): Promise<TestAccounts> {
  let now = 1_700_000_000_000;
  const clock = { nowMs: () => now };
  const accounts = await createAccounts({
    ...{ stores: createInMemoryAccountStores(), storeId: 'store', passwords, clock },
    quotas: createInMemoryQuotas(clock),
    accessLastsMs: 86_400_000,
  });
  return {
    accounts,
    nowMs: clock.nowMs,
    wait: (ms) => {
      now += ms;
    },
    addUser: async (email, role = 'operator') => {
      const added = await accounts.members.add({ email, role, name: email, password: GOOD_PASSWORD });
      if (!added.ok) throw new Error(added.error.reason);
      return added.value;
    },
  };
}
