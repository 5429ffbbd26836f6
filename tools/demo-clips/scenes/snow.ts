import { chance, hex, inside, lay, part, ridge, shine, sky, TURN } from '../paint.ts';
import type { Scene } from '../scene.ts';
import { hiss, hum, swell } from '../sounds.ts';

const HILLS = [
  { base: 0.72, high: 0.5, scale: 2.4, seed: 111, colour: '#5b6c9c', snow: '#f3dfe0' },
  { base: 0.86, high: 0.34, scale: 2.9, seed: 115, colour: '#384a78', snow: '#b9c4e2' },
  { base: 0.98, high: 0.22, scale: 3.6, seed: 119, colour: '#1d2a4d', snow: '#1d2a4d' },
] as const;

/** Snow on a mountain pass, and a cable car. */
export const snow: Scene = {
  name: 'snow',
  number: 11,
  title: 'Snow Pass',
  accent: '#ffffff',
  form: 'fmp4',
  paint: () => (ink, x, y, phase) => {
    sky(ink, y, 0.8, [hex('#16213f'), hex('#3d4c80'), hex('#a87f9c'), hex('#f0b79a')]);
    for (const { base, high, scale, seed, colour, snow: white } of HILLS) {
      const line = base - peak(x * scale, seed) * high;
      lay(ink, hex(colour), inside(line - y));
      // Snow lies above a jagged line of its own, so that only what is high wears it.
      const lies = base - high * (0.52 - 0.16 * Math.abs(part(x * scale * 4.7 + seed) - 0.5));
      lay(ink, hex(white), inside(line - y) * inside(y - lies));
    }
    const tree = Math.abs(part(x * 9) - 0.5);
    const stem = 0.9 + chance(Math.floor(x * 9), 121) * 0.08;
    lay(ink, hex('#0c1428'), inside(tree - (y - stem + 0.09) * 3.2, 0.05) * inside(stem - 0.1 - y, 0.01));
    // The cable runs uphill; a car goes each way.
    const cable = 0.52 - (x - 0.9) * 0.24;
    lay(ink, hex('#0c1428'), inside(Math.abs(y - cable) - 0.0015));
    for (const way of [1, -1]) {
      const cx = (way > 0 ? part(phase + 0.55) : 1 - part(phase + 0.3)) * 2.2 - 0.2;
      const cy = 0.52 - (cx - 0.9) * 0.24 + 0.06;
      lay(ink, hex('#0c1428'), inside(Math.max(Math.abs(x - cx) - 0.002, Math.abs(y - cy + 0.04) - 0.025)));
      lay(
        ink,
        hex(way > 0 ? '#d1354a' : '#f2b632'),
        inside(Math.max(Math.abs(x - cx) - 0.045, Math.abs(y - cy - 0.012) - 0.032)),
      );
      lay(ink, hex('#dcefff'), inside(Math.max(Math.abs(x - cx) - 0.036, Math.abs(y - cy - 0.004) - 0.013)));
    }
    for (let layer = 0; layer < 2; layer++) {
      const cell = 0.26 - layer * 0.09;
      const fall = phase * (layer + 1) * cell * 6;
      const row = Math.floor((y - fall) / cell);
      // Rows repeat after as many as fall by in a loop, so that the end meets the beginning.
      const rows = (layer + 1) * 6;
      const id = ((row % rows) + rows) % rows;
      const sway = Math.sin(phase * TURN + id) * 0.02;
      const col = Math.floor((x + sway) / cell);
      const fx = part((x + sway) / cell) - 0.2 - chance(col, id + layer * 70) * 0.6;
      const fy = part((y - fall) / cell) - 0.2 - chance(id, col + layer * 90) * 0.6;
      shine(ink, [1, 1, 1], inside(Math.hypot(fx, fy) * cell - 0.0085 + layer * 0.003, 0.005) * 0.9);
    }
  },
  sound: (s) => hiss(s, 500, 0.22) * (0.4 + 0.6 * swell(s, 2)) + hum(s, 174.6, 0.05) * swell(s, 3),
};

/** A mountain line with sharp tops, 0 to 1. */
function peak(x: number, seed: number): number {
  const tooth = (at: number) => 1 - Math.abs(part(at) - 0.5) * 2;
  return (
    tooth(x * 0.43 + seed * 0.37) * (0.55 + chance(Math.floor(x * 0.43 + seed * 0.37), seed) * 0.2) +
    tooth(x * 1.31 + seed * 0.11) * 0.2 +
    ridge(x * 2.3, seed) * 0.1
  );
}
