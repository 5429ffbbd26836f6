import { beforeEach, describe, expect, it } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import { keyOfFlag, type Flag } from './flag.ts';
import type { FlagStore } from './flag-store.ts';

const by = ActorId.parse('user:ana');
const killed: Flag = {
  setting: { type: 'kill', kind: 'bot', name: 'Discord', words: 'posts the same link again and again' },
  ...{ atMs: 5, by },
};

/** What every flag store promises, whatever keeps it. */
export function describeFlagStore(name: string, open: () => FlagStore): void {
  describe(`flag store: ${name}`, () => {
    let flags: FlagStore;
    beforeEach(async () => {
      flags = open();
      for (const { setting } of await flags.list()) await flags.remove(keyOfFlag(setting));
    });

    it('[FL6] a flag is kept with who switched it, when and why', async () => {
      expect(await flags.put(killed)).toBeUndefined();
      expect(await flags.list()).toEqual([killed]);
    });

    it('[FL6] there is one of each, and what was there before is told', async () => {
      const rule = { on: true, everybody: false, roles: ['admin' as const], users: [by], percent: 12.5 };
      const feature: Flag = { setting: { type: 'feature', name: 'new-list', rule, words: '' }, atMs: 6, by };
      const maintenance: Flag = { setting: { type: 'maintenance', words: 'disk', untilMs: 90 }, atMs: 7, by };
      for (const flag of [killed, feature, maintenance]) await flags.put(flag);
      const again: Flag = { ...feature, setting: { ...feature.setting, words: 'for admins' }, atMs: 8 };
      expect(await flags.put(again)).toEqual(feature);
      expect(await flags.list()).toEqual([killed, again, maintenance]);
      expect(await flags.remove('bot:discord')).toEqual(killed);
      expect(await flags.remove('bot:discord')).toBeUndefined();
      expect(await flags.list()).toEqual([again, maintenance]);
    });
  });
}
