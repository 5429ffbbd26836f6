import { describe, expect, it } from 'vitest';
import { LogUnavailable } from '../documents/update-log.ts';
import { AuditRecorder } from './audit-recorder.ts';
import type { AuditStore } from './audit-store.ts';
import { createInMemoryAuditStore } from './in-memory-audit-store.ts';

const deed = {
  actor: 'user:ana',
  via: 'account',
  action: 'user.added',
  target: 'user:2',
  from: undefined,
} as const;

function open(failure: () => Error | undefined) {
  const store = createInMemoryAuditStore();
  const audit: AuditStore = {
    ...store,
    append: async (...all) => {
      const error = failure();
      return error === undefined ? store.append(...all) : Promise.reject(error);
    },
  };
  const logged: string[] = [];
  const note = (message: string): void => void logged.push(message);
  const logger = { info: note, warn: note, error: note };
  return { store, logged, recorder: new AuditRecorder({ audit, logger, clock: { nowMs: () => 1_000 } }) };
}

describe('taking down what is done', () => {
  it('[AU7] waits while the database is away, in order, and says how much was lost beyond ten thousand', async () => {
    let isAway = true;
    const { store, recorder, logged } = open(() => (isAway ? new LogUnavailable('away') : undefined));
    for (let index = 0; index < 10_005; index += 1)
      recorder.note({ ...deed, target: `user:${String(index)}` });
    await recorder.flush();
    expect(await store.list({ limit: 1 })).toEqual([]);
    isAway = false;
    await recorder.flush();
    const all = await store.list({ limit: 20_000 });
    // The first was on its way already.
    expect(all.length).toBe(10_002);
    expect(all.find(({ target }) => target === 'user:9999')).toBeDefined();
    expect(all[0]).toMatchObject({ action: 'lost', after: { entries: 4 } });
    expect(all.at(-1)).toMatchObject({ target: 'user:0' });
    expect(logged).toContain('entries of the audit were lost');
  });

  it('[AU7] what the database will never take does not keep back what comes after it', async () => {
    let isBroken = true;
    const { store, recorder } = open(() => (isBroken ? new Error('refused') : undefined));
    recorder.note(deed);
    await recorder.flush();
    isBroken = false;
    recorder.note({ ...deed, target: 'user:3' });
    await recorder.flush();
    expect((await store.list({ limit: 9 })).map(({ action, target }) => `${action} ${target}`)).toEqual([
      'lost audit',
      'user.added user:3',
    ]);
  });

  it('[AU5] from where somebody connects is told when it changes, not each time', async () => {
    const { store, recorder } = open(() => undefined);
    for (const from of ['192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.1'])
      recorder.connected('user:ana', from, '');
    await recorder.flush();
    expect((await store.list({ limit: 9 })).map(({ from }) => from)).toEqual([
      '192.0.2.1',
      '192.0.2.2',
      '192.0.2.1',
    ]);
  });
});
