import type { DelayStatus, DelayWish } from '#shared/protocol/delay-state.ts';

/** Whether a server that says this of itself has done what was asked. */
export function isGranted(wish: DelayWish, { censor, stream }: DelayStatus): boolean {
  if (wish.type === 'censor') return wish.on ? censor === 'on' : censor !== 'on';
  return wish.running ? stream === 'starting' || stream === 'running' : stream === 'stopped';
}

/** Said when it was done and there is more to know. */
export function grantedWords(wish: DelayWish, { censor, delaySeconds }: DelayStatus): string | undefined {
  if (wish.type !== 'censor' || wish.on) return undefined;
  return censor === 'lifting'
    ? `Viewers see the broadcast again in ${String(Math.ceil(delaySeconds))} s, when all that was covered is past.`
    : undefined;
}

/** Said when the server heard it and did not do it. */
export function ungrantedWords(wish: DelayWish, now: DelayStatus | undefined): string {
  if (wish.type === 'censor' && wish.on && now?.censor === 'lifting')
    return 'Streamdelay still lifts the cover and cannot take that back. Cover it again as soon as it is off, or cover the wall.';
  return 'Streamdelay did not say that it has done that. Look at the broadcast itself.';
}
