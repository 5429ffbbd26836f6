import { chance, hex, inside, lay, part, ramp, ridge, shine, sky, TURN } from '../paint.ts';
import type { Scene } from '../scene.ts';
import { hum, pluck } from '../sounds.ts';

const FLOAT = Array.from({ length: 22 }, (_, i) => ({
  x: 0.05 + chance(i, 31) * 1.68,
  size: 0.016 + chance(i, 32) ** 2 * 0.036,
  start: chance(i, 33),
  flicker: Math.floor(chance(i, 34) * 9) + 3,
}));

/** Paper lanterns rising from a river valley. */
export const lanterns: Scene = {
  name: 'lanterns',
  number: 6,
  title: 'Lantern Night',
  accent: '#ffb347',
  form: 'mp4',
  paint: () => (ink, x, y, phase) => {
    sky(ink, y, 0.9, [hex('#0c0a24'), hex('#221447'), hex('#4a1f5c'), hex('#7a3355')]);
    lay(ink, hex('#1a1033'), inside(0.84 - ridge(x * 2.4, 41) * 0.22 - y));
    lay(ink, hex('#0d0820'), inside(0.97 - ridge(x * 3.1, 45) * 0.16 - y));
    for (const { x: home, size, start, flicker } of FLOAT) {
      const rise = part(start + phase);
      const cx = home + Math.sin(rise * TURN + start * 40) * 0.035;
      const cy = 1.08 - rise * 1.2;
      const dx = x - cx;
      const dy = y - cy;
      const glow = Math.hypot(dx, dy);
      if (glow > size * 7) continue;
      const warm =
        (0.85 + 0.15 * Math.sin(phase * TURN * flicker)) * ramp(0, 0.12, rise) * ramp(1, 0.85, rise);
      shine(ink, hex('#ff7a1a'), Math.exp((-glow / size) * 0.9) * 0.5 * warm);
      const shape = Math.max(Math.abs(dx) - size * (0.72 - (dy / size) * 0.12), Math.abs(dy) - size);
      lay(ink, hex('#ffb04a'), inside(shape, 0.005) * warm);
      lay(
        ink,
        hex('#fff0b8'),
        Math.exp(-Math.hypot(dx, dy - size * 0.5) / (size * 0.5)) * inside(shape, 0.005) * warm,
      );
    }
  },
  sound: (s) =>
    hum(s, 98, 0.1) + pluck(s, 1, [392, 440, 523, 587, 523, 440], 0.2) + pluck(s + 0.5, 3, [784, 659], 0.1),
};
