import { chance, hex, inside, lay, part, ramp, ridge, shine, sky, TURN } from '../paint.ts';
import type { Scene } from '../scene.ts';
import { hiss, hum, swell } from '../sounds.ts';

const HILLS = [
  { base: 0.62, high: 0.36, scale: 2.1, seed: 111, colour: '#8fa9c8' },
  { base: 0.78, high: 0.3, scale: 2.7, seed: 115, colour: '#5d7a9f' },
  { base: 0.93, high: 0.24, scale: 3.6, seed: 119, colour: '#2f4a6d' },
] as const;

/** Snow on a mountain pass, and a cable car. */
export const snow: Scene = {
  name: 'snow',
  number: 11,
  title: 'Snow Pass',
  accent: '#ffffff',
  form: 'fmp4',
  picture: {
    paint: () => (ink, x, y, phase) => {
      sky(ink, y, 0.8, [hex('#6f8fb5'), hex('#a9c1da'), hex('#dfe6ee')]);
      for (const { base, high, scale, seed, colour } of HILLS) {
        const line = base - ridge(x * scale, seed) * high;
        lay(ink, hex(colour), inside(line - y));
        lay(ink, hex('#f6f9fc'), inside(line - y) * ramp(0.1, 0.0, y - line) * 0.75);
      }
      const tree = Math.abs(part(x * 9) - 0.5);
      const stem = 0.9 + chance(Math.floor(x * 9), 121) * 0.08;
      lay(ink, hex('#16283b'), inside(tree - (y - stem + 0.09) * 3.2, 0.05) * inside(stem - 0.1 - y, 0.01));
      // The cable runs uphill; a car goes each way.
      const cable = 0.52 - (x - 0.9) * 0.24;
      lay(ink, hex('#1c2733'), inside(Math.abs(y - cable) - 0.0015));
      for (const way of [1, -1]) {
        const cx = (way > 0 ? part(phase + 0.25) : 1 - part(phase + 0.7)) * 2.2 - 0.2;
        const cy = 0.52 - (cx - 0.9) * 0.24 + 0.06;
        lay(ink, hex('#1c2733'), inside(Math.max(Math.abs(x - cx) - 0.002, Math.abs(y - cy + 0.04) - 0.025)));
        lay(
          ink,
          hex(way > 0 ? '#d1354a' : '#f2b632'),
          inside(Math.max(Math.abs(x - cx) - 0.045, Math.abs(y - cy - 0.012) - 0.032)),
        );
        lay(
          ink,
          hex('#dcefff'),
          inside(Math.max(Math.abs(x - cx) - 0.036, Math.abs(y - cy - 0.004) - 0.013)),
        );
      }
      for (let layer = 0; layer < 2; layer++) {
        const cell = 0.17 - layer * 0.05;
        const fall = phase * (layer + 2) * cell * 6;
        const row = Math.floor((y - fall) / cell);
        // Rows repeat after as many as fall by in a loop, so that the end meets the beginning.
        const rows = (layer + 2) * 6;
        const id = ((row % rows) + rows) % rows;
        const sway = Math.sin(phase * TURN + id) * 0.02;
        const col = Math.floor((x + sway) / cell);
        const fx = part((x + sway) / cell) - 0.2 - chance(col, id + layer * 70) * 0.6;
        const fy = part((y - fall) / cell) - 0.2 - chance(id, col + layer * 90) * 0.6;
        shine(ink, [1, 1, 1], inside(Math.hypot(fx, fy) * cell - 0.0085 + layer * 0.003, 0.005) * 0.9);
      }
    },
  },
  sound: (s) => hiss(s, 500, 0.22) * (0.4 + 0.6 * swell(s, 2)) + hum(s, 174.6, 0.05) * swell(s, 3),
};
