import { describe, expect, it } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import { decidePauses, featuresFor, isOnFor } from './decide-flags.ts';
import type { FeatureRule, Flag, FlagSetting } from './flag.ts';

const by = ActorId.parse('user:ana');
const rule: FeatureRule = { on: true, everybody: false, roles: [], users: [], percent: 0 };
const ben = { actor: ActorId.parse('user:ben'), role: 'operator' } as const;
const people = Array.from({ length: 4_000 }, (_, index) => ({
  ...ben,
  actor: ActorId.parse(`user:${String(index)}`),
}));
const flag = (setting: FlagSetting): Flag => ({ setting, atMs: 0, by });

describe('a feature', () => {
  it('[FL1] is on for everybody, for a role, or for a person, and for nobody while it is off', () => {
    expect(isOnFor('x', rule, ben)).toBe(false);
    const wide: FeatureRule[] = [
      { ...rule, everybody: true },
      { ...rule, roles: ['operator'] },
      { ...rule, users: [ben.actor] },
      { ...rule, percent: 100 },
    ];
    expect(wide.map((one) => isOnFor('x', one, ben))).toEqual([true, true, true, true]);
    expect(wide.map((one) => isOnFor('x', { ...one, on: false }, ben))).toEqual([false, false, false, false]);
    expect(isOnFor('x', { ...rule, roles: ['admin'], users: [by] }, ben)).toBe(false);
  });

  it('[FL2] that is on for a share is on for about so many, always the same, and all of them when it grows', () => {
    const within = (name: string, percent: number) =>
      people.filter((one) => isOnFor(name, { ...rule, percent }, one)).map(({ actor }) => actor);
    const [few, more] = [within('x', 10), within('x', 35)];
    expect(few.length).toBeGreaterThan(300);
    expect(few.length).toBeLessThan(500);
    expect(more).toEqual(expect.arrayContaining(few));
    expect(within('x', 10)).toEqual(few);
    expect(within('y', 10)).not.toEqual(few);
    expect(within('x', 0)).toEqual([]);
  });

  it('[FL1] is told by name to whoever asks', () => {
    const flags = [
      flag({ type: 'feature', name: 'new-list', rule: { ...rule, everybody: true }, words: '' }),
      flag({ type: 'feature', name: 'other', rule, words: '' }),
      flag({ type: 'maintenance', words: '' }),
    ];
    expect(featuresFor(flags, ben)).toEqual({ 'new-list': true, other: false });
  });
});

describe('kill switches', () => {
  it('[FL4] a bot is named by its key, or by the label of its keys in any capitals', () => {
    const bots = ['one', 'two', 'three'].map((id) => ({
      ...{ id, label: id === 'three' ? 'sheet' : 'Discord ' },
      actor: ActorId.parse(`service:${id}`),
    }));
    const kill = (kind: 'bot' | 'platform', name: string) => flag({ type: 'kill', kind, name, words: 'why' });
    const paused = (...flags: Flag[]) => [...decidePauses(flags, bots).bots.keys()];
    expect(paused(kill('bot', 'discord'))).toEqual(['service:one', 'service:two']);
    expect(paused(kill('bot', 'three'))).toEqual(['service:three']);
    expect(paused(kill('platform', 'three'))).toEqual([]);
    const { platforms, maintenance } = decidePauses([kill('platform', 'Twitch')], bots);
    expect([...platforms]).toEqual([['twitch', { reason: 'switched-off', words: 'why' }]]);
    expect(maintenance).toBeUndefined();
  });
});
