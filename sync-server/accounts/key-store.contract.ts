import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInMemoryAccountStores } from './in-memory-account-stores.ts';
import { createAccessTokens } from './jose-access-tokens.ts';
import type { KeyStore } from './key-store.ts';
import { makeKey, readKey } from './service-key.ts';
import { createSignIn } from './sign-in.ts';

/** What every key store promises, whatever keeps it. */
export function describeKeyStore(
  name: string,
  open: () => Promise<{ keys: KeyStore; close: () => Promise<void> }>,
): void {
  describe(`key store: ${name}`, () => {
    let keys: KeyStore;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ keys, close } = await open());
    });
    afterEach(() => close());

    const signIn = async (key: string) => {
      const tokens = createAccessTokens(new Uint8Array(32), 'store', 1_000);
      const stores = { ...createInMemoryAccountStores(), keys };
      return createSignIn({ stores, tokens, clock: { nowMs: () => 0 } }).byToken(key);
    };

    it('[S20] a key signs in whoever it was made for, until it is revoked', async () => {
      const { stored, key } = makeKey({ role: 'service', grants: ['audio', 'walls'], label: 'vote' }, 1_000);
      await keys.add(stored);
      expect(await keys.find([stored.id, 'nobody'])).toEqual([stored]);
      expect((await signIn(key))?.account).toMatchObject({
        actor: `service:${stored.id}`,
        role: 'service',
        grants: ['audio', 'walls'],
      });
      expect(await keys.revoke(stored.id, 2_000)).toBe(true);
      expect(await keys.revoke(stored.id, 3_000)).toBe(false);
      expect((await keys.labels()).get(stored.id)).toBe('vote');
      expect(await signIn(key)).toBeUndefined();
    });

    it('[AC10] a key keeps what it is for, when it ends and when it was last used', async () => {
      const scope = { documents: ['catalogue', 'wall:*'], roots: ['streams'] };
      const wanted = { role: 'service', grants: [], label: 'sheet', scope, requestsPerMinute: 30 } as const;
      const { stored } = makeKey({ ...wanted, expiresAtMs: 9_000 }, 1_000);
      await keys.add(stored);
      expect(await keys.find([stored.id])).toEqual([stored]);
      expect(await keys.list()).toContainEqual(stored);
      await keys.touch([stored.id], 5_000);
      expect(await keys.expire(stored.id, 20_000)).toBe(true);
      expect(await keys.find([stored.id])).toEqual([{ ...stored, lastUsedAtMs: 5_000 }]);
      expect(await keys.expire(stored.id, 4_000)).toBe(true);
      expect(await keys.find([stored.id])).toMatchObject([{ expiresAtMs: 4_000 }]);
      expect(await keys.expire('nobody', 4_000)).toBe(false);
      await keys.revoke(stored.id, 6_000);
      expect(await keys.list()).not.toContainEqual(expect.objectContaining({ id: stored.id }));
    });

    it('[S20] the id of a key with another secret signs in nobody, and the secret is not kept', async () => {
      const wanted = { role: 'admin', grants: [], label: '' } as const;
      const [mine, other] = [makeKey(wanted, 0), makeKey(wanted, 0)];
      await keys.add(mine.stored);
      const secret = other.key.slice(-43);
      expect(await signIn(`swk_${mine.stored.id}_${secret}`)).toBeUndefined();
      expect(await signIn('')).toBeUndefined();
      expect(readKey(mine.key)?.hash).toEqual(mine.stored.hash);
      expect(JSON.stringify(await keys.find([mine.stored.id]))).not.toContain(mine.key.slice(-43));
    });
  });
}
