import type { ShownChecker } from '#shared/protocol/worker-presence.ts';

/** So long no checker must have been seen before a desk of a team checks by itself. */
export const UNSEEN_MS = 20_000;
/** How desks call their checkers; those that run for the team are called otherwise. */
const DESK_PREFIX = 'desk:';

export const checkerOfDesk = (replica: string): string => `${DESK_PREFIX}${replica}`;

/** Whether another checker goes before this desk's: the team's own do, and of desks the first by name. */
export function isOutranked(own: string, others: Iterable<Pick<ShownChecker, 'name'>>): boolean {
  return [...others].some(({ name }) => !name.startsWith(DESK_PREFIX) || name < own);
}

/** Whether this desk is to check who is live. `unseenSinceMs`: since when no checker that goes before it has been seen. */
export function decideChecking(now: {
  readonly isWanted: boolean;
  readonly isAlone: boolean;
  readonly mayWrite: boolean;
  readonly isRunning: boolean;
  readonly isOutranked: boolean;
  readonly unseenSinceMs: number;
  readonly nowMs: number;
}): 'off' | 'rest' | 'run' {
  if (!now.isWanted) return 'off';
  if (now.isAlone) return 'run';
  if (!now.mayWrite || now.isOutranked) return 'rest';
  return now.isRunning || now.nowMs - now.unseenSinceMs >= UNSEEN_MS ? 'run' : 'rest';
}
