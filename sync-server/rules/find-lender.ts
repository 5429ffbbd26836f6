import type { ActorId } from '#shared/model/ids.ts';
import type { Account } from '../accounts/access.ts';
import type { KeyStore } from '../accounts/key-store.ts';
import { accountOfKey } from '../accounts/service-key.ts';
import { isActive } from '../accounts/user.ts';
import type { UserStore } from '../accounts/user-store.ts';

export type Lenders = {
  readonly users: Pick<UserStore, 'find'>;
  readonly keys: Pick<KeyStore, 'find'>;
};

/**
 * Whose rights a rule has: those that whoever switched it on has today. Undefined once they are gone, and for the person at
 * a desk that had no server then. @throws {LogUnavailable}
 */
export async function findLender(
  by: ActorId,
  { users, keys }: Lenders,
  nowMs: number,
): Promise<Account | undefined> {
  const [kind, id = ''] = by.split(':', 2);
  if (kind === 'user') {
    const user = await users.find({ id });
    return user !== undefined && isActive(user, nowMs)
      ? { actor: by, role: user.role, grants: [] }
      : undefined;
  }
  const [key] = kind === 'service' ? await keys.find([id]) : [];
  return key === undefined ? undefined : accountOfKey(key, nowMs);
}
