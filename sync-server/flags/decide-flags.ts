import { createHash } from 'node:crypto';
import type { ActorId } from '#shared/model/ids.ts';
import type { Role } from '#shared/model/role.ts';
import type { FeatureRule, Flag } from './flag.ts';

export type Asker = { readonly actor: ActorId; readonly role: Role };

/** Whether a feature is on for somebody. */
export function isOnFor(name: string, rule: FeatureRule, { actor, role }: Asker): boolean {
  if (!rule.on) return false;
  return (
    rule.everybody ||
    rule.roles.includes(role) ||
    rule.users.includes(actor) ||
    shareOf(name, actor) < rule.percent
  );
}

const STEPS = 10_000;

/** Where somebody stands among all, from 0 to below 100: spread evenly, and another place for every feature. */
function shareOf(name: string, actor: ActorId): number {
  const digest = createHash('sha256').update(`${name}\n${actor}`).digest();
  return ((digest.readUInt32BE(0) % STEPS) * 100) / STEPS;
}

/** Every feature, and whether it is on for somebody. */
export function featuresFor(flags: readonly Flag[], asker: Asker): Readonly<Record<string, boolean>> {
  return Object.fromEntries(
    flags.flatMap(({ setting }) =>
      setting.type === 'feature' ? [[setting.name, isOnFor(setting.name, setting.rule, asker)]] : [],
    ),
  );
}

/** What is not taken now, and from whom. */
export type Pause = {
  readonly reason: 'maintenance' | 'switched-off';
  /** Why, in the words of whoever switched. */
  readonly words: string;
  readonly untilMs?: number | undefined;
};

export type Pauses = {
  /** Of everybody. */
  readonly maintenance: Pause | undefined;
  /** Of bots, by actor. */
  readonly bots: ReadonlyMap<ActorId, Pause>;
  readonly platforms: ReadonlyMap<string, Pause>;
};

export type KnownBot = { readonly id: string; readonly label: string; readonly actor: ActorId };

/** @param bots the keys that there are: a switch names one by its id, or several by their label */
export function decidePauses(flags: readonly Flag[], bots: readonly KnownBot[]): Pauses {
  let maintenance: Pause | undefined;
  const paused = new Map<ActorId, Pause>();
  const platforms = new Map<string, Pause>();
  for (const { setting } of flags) {
    if (setting.type === 'maintenance')
      maintenance = { reason: 'maintenance', words: setting.words, untilMs: setting.untilMs };
    if (setting.type !== 'kill') continue;
    const pause: Pause = { reason: 'switched-off', words: setting.words };
    const name = setting.name.toLowerCase();
    if (setting.kind === 'platform') platforms.set(name, pause);
    else
      for (const { id, label, actor } of bots)
        if (id === name || label.trim().toLowerCase() === name) paused.set(actor, pause);
  }
  return { maintenance, bots: paused, platforms };
}
