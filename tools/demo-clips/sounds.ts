import { chance, part, TURN } from './paint.ts';
import { LOOP_SECONDS } from './scene.ts';

/** The few voices of the demo channels. All repeat every LOOP_SECONDS, so that a loop has no click in it. */

/** A pitch that fits a whole number of waves into the loop. */
const tuned = (hertz: number) => Math.round(hertz * LOOP_SECONDS) / LOOP_SECONDS;

/** A steady tone with a soft second harmonic. */
export function hum(seconds: number, hertz: number, level: number): number {
  const turn = seconds * tuned(hertz) * TURN;
  return (Math.sin(turn) * 0.85 + Math.sin(turn * 2) * 0.15) * level;
}

/** From 0 to 1 and back, `times` times a loop. */
export const swell = (seconds: number, times: number): number =>
  0.5 - 0.5 * Math.cos((seconds / LOOP_SECONDS) * times * TURN);

/** A short dull stroke every `everySeconds`. */
export function knock(seconds: number, everySeconds: number, hertz: number, level: number): number {
  const at = part(seconds / everySeconds) * everySeconds;
  return Math.sin(at * hertz * TURN) * Math.exp(-at * 28) * level;
}

/** One note after another, each fading out. */
export function pluck(
  seconds: number,
  everySeconds: number,
  hertz: readonly number[],
  level: number,
): number {
  const note = hertz[Math.floor(seconds / everySeconds) % hertz.length] ?? 440;
  const at = part(seconds / everySeconds) * everySeconds;
  return Math.sin(at * note * TURN) * Math.exp(-at * 3.2) * Math.min(1, at * 200) * level;
}

/** A soft hiss; the noise of one loop is always the same. */
export function hiss(seconds: number, grains: number, level: number): number {
  const at = part(seconds / LOOP_SECONDS) * LOOP_SECONDS * grains;
  const from = chance(Math.floor(at), 5) - 0.5;
  const to = chance((Math.floor(at) + 1) % (LOOP_SECONDS * grains), 5) - 0.5;
  return (from + (to - from) * (at % 1)) * level;
}
