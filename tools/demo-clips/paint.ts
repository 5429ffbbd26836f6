/**
 * The few strokes that the demo scenes are painted with. A scene is a function from a place and a moment to a colour,
 * so everything here works on one pixel at a time; edges are soft by the width of a pixel, which is all the
 * anti-aliasing there is.
 */

/** One pixel being painted; each channel 0 to 1. Mutable, so that a frame allocates nothing. */
export type Ink = { r: number; g: number; b: number };

export type Colour = readonly [r: number, g: number, b: number];

/** `#rrggbb` as a colour. */
export function hex(text: string): Colour {
  const value = Number.parseInt(text.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** Lays a colour over the pixel; alpha 0 leaves it, 1 covers it. */
export function lay(ink: Ink, [r, g, b]: Colour, alpha: number): void {
  const a = alpha < 0 ? 0 : alpha > 1 ? 1 : alpha;
  ink.r += (r - ink.r) * a;
  ink.g += (g - ink.g) * a;
  ink.b += (b - ink.b) * a;
}

/** Adds light to the pixel. */
export function shine(ink: Ink, [r, g, b]: Colour, amount: number): void {
  ink.r += r * amount;
  ink.g += g * amount;
  ink.b += b * amount;
}

export const mix = (from: number, to: number, share: number): number => from + (to - from) * share;

/** 0 below `low`, 1 above `high`, smooth between. */
export function ramp(low: number, high: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return share * share * (3 - 2 * share);
}

/** Half a pixel of a 180-line picture. */
const SOFT = 1 / 300;

/** 1 where `distance` is negative (inside), 0 outside, soft in between. */
export const inside = (distance: number, soft = SOFT): number => 1 - ramp(-soft, soft, distance);

export const disc = (x: number, y: number, cx: number, cy: number, radius: number, soft = SOFT): number =>
  inside(Math.hypot(x - cx, y - cy) - radius, soft);

export const box = (x: number, y: number, cx: number, cy: number, halfW: number, halfH: number): number =>
  inside(Math.max(Math.abs(x - cx) - halfW, Math.abs(y - cy) - halfH));

/** A gradient from top to bottom through the given colours, evenly spaced over y from 0 to `bottom`. */
export function sky(ink: Ink, y: number, bottom: number, colours: readonly Colour[]): void {
  const at = Math.min(0.9999, Math.max(0, y / bottom)) * (colours.length - 1);
  const upper = colours[Math.floor(at)] ?? [0, 0, 0];
  lay(ink, upper, 1);
  lay(ink, colours[Math.floor(at) + 1] ?? upper, at % 1);
}

/** A number from 0 to 1 that depends only on the arguments. */
export function chance(a: number, b = 0): number {
  const value = Math.sin(a * 127.1 + b * 311.7 + 17.3) * 43758.5453;
  return value - Math.floor(value);
}

/** Smooth noise along a line, 0 to 1. */
export function drift(x: number, seed = 0): number {
  const left = Math.floor(x);
  return mix(chance(left, seed), chance(left + 1, seed), ramp(0, 1, x - left));
}

/** A mountain line: noise with detail, 0 to 1. */
export const ridge = (x: number, seed: number): number =>
  drift(x, seed) * 0.55 + drift(x * 2.3, seed + 1) * 0.28 + drift(x * 5.1, seed + 2) * 0.17;

/** The distance of a phase to a moment on a circle of length 1; from -0.5 to 0.5. */
export const since = (phase: number, moment: number): number => {
  const turn = phase - moment;
  return turn - Math.floor(turn + 0.5);
};

/** The part of a number behind the point, also for negative ones. */
export const part = (value: number): number => value - Math.floor(value);

export const TURN = Math.PI * 2;
