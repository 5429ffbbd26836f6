import { z } from 'zod';
import type { Role } from '../model/role.ts';

/**
 * A Streamdelay server: it holds the broadcast back by some seconds, and covers all of it when asked. What is not known
 * is never guessed: without a line to it nobody is told that anything is covered.
 */
export type DelayState =
  /** None was set up. */
  | { readonly type: 'off' }
  /** Set up, and not heard now. `words`: why, in a sentence. */
  | { readonly type: 'unknown'; readonly server: string; readonly words: string }
  | ({ readonly type: 'known'; readonly server: string } & DelayStatus);

export type DelayStatus = Readonly<{
  /** How far the broadcast is behind. */
  delaySeconds: number;
  /** `lifting`: uncovered, and still covered for viewers until the delay has passed. */
  censor: 'off' | 'on' | 'lifting';
  /** `starting`: it runs, and waits for a picture. `restarting`: it broke, and begins again by itself. */
  stream: 'stopped' | 'starting' | 'running' | 'restarting';
  /** When the broadcast began, ms since 1970 UTC; null while it does not run. */
  startedAtMs: number | null;
}>;

/** Where a Streamdelay server is, and the key that it was given. */
export const DelaySettings = z.strictObject({
  server: z
    .string()
    .max(500)
    .refine(
      (text) => URL.canParse(text) && /^(?:https?|wss?):$/.test(new URL(text).protocol),
      'no address of a Streamdelay server',
    ),
  key: z.string().min(1).max(500),
});
export type DelaySettings = z.infer<typeof DelaySettings>;

/** What a Streamdelay server is asked to do. */
export const DelayWish = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('censor'), on: z.boolean() }),
  z.strictObject({ type: z.literal('stream'), running: z.boolean() }),
]);
export type DelayWish = z.infer<typeof DelayWish>;

/** Who may ask for what: covering is a matter of safety, starting and ending a broadcast is not a monitor's. */
export function mayDelay(role: Role, wish: DelayWish['type']): boolean {
  return role === 'admin' || role === 'operator' || (role === 'monitor' && wish === 'censor');
}
