import type { Account } from './access.ts';
import type { KeyStore } from './key-store.ts';
import { isSameHash } from './secret-token.ts';
import { actorOfKey, readKey } from './service-key.ts';

/** Somebody who signed in: who, what they may do, and the key that it hangs on. */
export type SignedIn = { readonly account: Account; readonly keyId: string };

/** @returns undefined when the token is nobody's. @throws {LogUnavailable} when nobody can say */
export async function signIn(token: string, keys: KeyStore): Promise<SignedIn | undefined> {
  const read = readKey(token);
  if (read === undefined) return undefined;
  const [stored] = await keys.find([read.id]);
  if (stored === undefined || !isSameHash(stored.hash, read.hash)) return undefined;
  const { role, grants } = stored;
  return { account: { actor: actorOfKey(stored.id), role, grants }, keyId: stored.id };
}
