import { describe, expect, it } from 'vitest';
import { LogUnavailable } from '../documents/update-log.ts';
import { createInMemoryKeyStore } from './in-memory-key-store.ts';
import { describeKeyStore } from './key-store.contract.ts';
import { rememberKeys } from './remembered-keys.ts';
import { makeKey } from './service-key.ts';

describeKeyStore('remembered', async () =>
  Promise.resolve({
    keys: rememberKeys(createInMemoryKeyStore(), { nowMs: () => 0 }),
    close: async () => Promise.resolve(),
  }),
);

describe('keys while the database is away', () => {
  it('are known for ten minutes when they were seen before, and unknown ones stay so', async () => {
    let nowMs = 0;
    let isAway = false;
    const store = createInMemoryKeyStore();
    const find: typeof store.find = async (ids) => {
      if (isAway) throw new LogUnavailable('away');
      return store.find(ids);
    };
    const keys = rememberKeys({ ...store, find }, { nowMs: () => nowMs });
    const [seen, unseen] = [1, 2].map(() => makeKey({ role: 'viewer', grants: [], label: '' }, 0).stored);
    await keys.add(seen!);
    await keys.add(unseen!);
    await keys.find([seen!.id]);
    isAway = true;
    nowMs = 9 * 60_000;
    expect(await keys.find([seen!.id])).toEqual([seen]);
    await expect(keys.find([unseen!.id])).rejects.toThrow(LogUnavailable);
    nowMs = 11 * 60_000;
    await expect(keys.find([seen!.id])).rejects.toThrow(LogUnavailable);
  });

  it('are forgotten as soon as the database says that they were revoked', async () => {
    let isAway = false;
    const store = createInMemoryKeyStore();
    const find: typeof store.find = async (ids) => {
      if (isAway) throw new LogUnavailable('away');
      return store.find(ids);
    };
    const keys = rememberKeys({ ...store, find }, { nowMs: () => 0 });
    const { stored } = makeKey({ role: 'admin', grants: [], label: '' }, 0);
    await keys.add(stored);
    await keys.find([stored.id]);
    await keys.revoke(stored.id, 0);
    await keys.find([stored.id]);
    isAway = true;
    await expect(keys.find([stored.id])).rejects.toThrow(LogUnavailable);
  });
});
