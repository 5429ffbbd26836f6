import type { AccountStores } from './account-stores.ts';
import { actorOfKey } from './service-key.ts';
import { actorOfUser } from './user.ts';

/** What people are called and what keys are for, by actor; also those who are gone. @throws {LogUnavailable} */
export async function nameActors({
  users,
  keys,
}: Pick<AccountStores, 'users' | 'keys'>): Promise<ReadonlyMap<string, string>> {
  const [people, programs] = await Promise.all([users.names(), keys.labels()]);
  return new Map<string, string>([
    ...[...people].map(([id, name]) => [actorOfUser(id), name] as const),
    ...[...programs]
      .filter(([, label]) => label !== '')
      .map(([id, label]) => [actorOfKey(id), label] as const),
  ]);
}
