import type { ShownChecker } from './worker-presence.ts';

/**
 * Whether this machine looks by itself who is live. It does while nobody else in the team does.
 *
 *     off ⇄ resting ⇄ starting ─▶ running ─▶ failed ─▶ starting …
 */
export type StatusState = Readonly<
  | { type: 'off' }
  /** The team has a checker, or there is nothing to check. */
  | { type: 'resting' }
  | { type: 'starting' }
  | { type: 'running'; checker: ShownChecker }
  /** It ended, and is started again at a time (ms since 1970 UTC). */
  | { type: 'failed'; words: string; againAtMs: number }
>;
