import { z } from 'zod';
import type { Role } from '../model/role.ts';

/**
 * A Streamdelay server: it holds the broadcast back by some seconds, and covers all of it when asked. What is not known
 * is never guessed: without a line to it nobody is told that anything is covered.
 */
export type DelayState =
  /** None was set up. */
  { readonly type: 'off' } | ({ readonly server: string } & HeardDelay);

/** What a Streamdelay server that was set up is known to do. */
export type HeardDelay =
  /** Not heard now, nor since `sinceMs` (ms since 1970 UTC). `words`: why, in a sentence. */
  | { readonly type: 'unknown'; readonly words: string; readonly sinceMs: number }
  | ({ readonly type: 'known' } & DelayStatus);

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

/** Names one line of one desk to its Streamdelay server, as long as it is set up. Chosen at random. */
export const DelayMark = z.string().regex(/^[A-Za-z0-9_-]{8,40}$/);
export type DelayMark = z.infer<typeof DelayMark>;

/** Who may ask for what: covering is a matter of safety, starting and ending a broadcast is not a monitor's. */
export function mayDelay(role: Role, wish: DelayWish['type']): boolean {
  return role === 'admin' || role === 'operator' || (role === 'monitor' && wish === 'censor');
}
