import { expect, it } from 'vitest';
import { describeKeyStore } from './key-store.contract.ts';
import { createInMemoryAccountStores } from './in-memory-account-stores.ts';
import { createRememberingKeyStore } from './remembering-key-store.ts';
import { makeKey } from './service-key.ts';

describeKeyStore('one that remembers', async () =>
  Promise.resolve({
    keys: createRememberingKeyStore(createInMemoryAccountStores().keys),
    close: async () => Promise.resolve(),
  }),
);

it('looks a key up once, and again after any change; one that is revoked while it is looked up is not remembered', async () => {
  const behind = createInMemoryAccountStores().keys;
  let looks = 0;
  let answer = (): void => undefined;
  const keys = createRememberingKeyStore({
    ...behind,
    find: async (ids) => {
      looks += 1;
      const found = await behind.find(ids);
      await new Promise<void>((resolve) => (answer = resolve));
      return found;
    },
  });
  const find = async (id: string) => {
    const found = keys.find([id]);
    await expect.poll(() => looks).toBeGreaterThan(0);
    answer();
    return (await found).length;
  };
  const { stored } = makeKey({ role: 'service', grants: [], label: 'bot' }, 0);
  await keys.add(stored);
  expect([await find(stored.id), (await keys.find([stored.id])).length, looks]).toEqual([1, 1, 1]);
  await keys.touch([stored.id], 5);
  const slow = keys.find([stored.id]);
  await expect.poll(() => looks).toBe(2);
  await keys.revoke(stored.id, 6);
  answer();
  expect((await slow).length).toBe(1);
  expect([await find(stored.id), looks]).toEqual([0, 3]);
});
