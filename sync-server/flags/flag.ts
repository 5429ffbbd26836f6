import { z } from 'zod';
import { ActorId } from '#shared/model/ids.ts';
import { Role } from '#shared/model/role.ts';

/** For whom something new is on. */
export const FeatureRule = z.object({
  /** While it is off, it is off for all. */
  on: z.boolean(),
  everybody: z.boolean(),
  roles: z.array(Role).max(5),
  users: z.array(ActorId).max(1_000),
  /** A share of all people and keys, 0 to 100. */
  percent: z.number().min(0).max(100),
});
export type FeatureRule = z.infer<typeof FeatureRule>;

export const FeatureName = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'is made of a-z, 0-9 and -');
/** A bot by the id of its key or by the label of its keys, or a platform by its name. */
export const SwitchName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}/]*$/u, 'has signs that no name has');
export const SwitchKind = z.enum(['bot', 'platform']);
export type SwitchKind = z.infer<typeof SwitchKind>;
export const Words = z.string().trim().max(300);

/** What is switched. A kill switch that is there is thrown; maintenance that is there goes on. */
export const FlagSetting = z.discriminatedUnion('type', [
  z.object({ type: z.literal('feature'), name: FeatureName, rule: FeatureRule, words: Words }),
  z.object({ type: z.literal('kill'), kind: SwitchKind, name: SwitchName, words: Words }),
  /** `untilMs`: when it is thought to be over; it ends when somebody ends it. */
  z.object({ type: z.literal('maintenance'), words: Words, untilMs: z.number().int().optional() }),
]);
export type FlagSetting = z.infer<typeof FlagSetting>;

export type Flag = { readonly setting: FlagSetting; readonly atMs: number; readonly by: ActorId };

/** Under which name a store keeps it: one of each. */
export function keyOfFlag(setting: FlagSetting): string {
  switch (setting.type) {
    case 'feature':
      return `feature:${setting.name}`;
    case 'kill':
      return `${setting.kind}:${setting.name.toLowerCase()}`;
    case 'maintenance':
      return 'maintenance';
  }
}
