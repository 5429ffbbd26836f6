import { hex, inside, lay, part, ramp, ridge, shine, sky } from '../paint.ts';
import type { Scene } from '../scene.ts';
import { hum, knock, pluck } from '../sounds.ts';

const HORIZON = 0.6;
const SUN = { x: 0.89, y: 0.46, radius: 0.27 };

/** A striped sun over a road of light. */
export const sundown: Scene = {
  name: 'sundown',
  number: 10,
  title: 'Sundown Drive',
  accent: '#ff6ec7',
  form: 'ts',
  paint: () => (ink, x, y, phase) => {
    if (y < HORIZON) {
      sky(ink, y, HORIZON, [hex('#12062e'), hex('#3a0f5e'), hex('#8a1f7a'), hex('#ff5e8a')]);
      const far = Math.hypot(x - SUN.x, y - SUN.y);
      shine(ink, hex('#ff7a5c'), Math.exp(-far * 4.5) * 0.35);
      const slit = part((y - phase * 0.12) / 0.04) < ramp(0.36, 0.62, y) * 0.75;
      if (!slit) {
        const top = (y - SUN.y + SUN.radius) / (SUN.radius * 2);
        lay(ink, [1, 0.86 - top * 0.5, 0.36 + top * 0.18], inside(far - SUN.radius));
      }
      lay(
        ink,
        hex('#1d0838'),
        inside(HORIZON - 0.01 - ridge(x * 3, 101) * 0.17 * ramp(0.15, 0.7, Math.abs(x - SUN.x)) - y),
      );
      return;
    }
    const near = (y - HORIZON) / (1 - HORIZON);
    lay(ink, hex('#14052b'), 1);
    shine(ink, hex('#ff3fa4'), Math.exp(-near * 7) * 0.5);
    const depth = 1 / (near + 0.09);
    const rail = (Math.abs(part(((x - SUN.x) * depth) / 0.55 + 0.5) - 0.5) * 0.55) / depth;
    const tie = Math.abs(part(depth * 1.7 + phase * 12) - 0.5);
    const line = Math.max(ramp(0.009, 0, rail), ramp(0.07 + 0.05 * near, 0, tie));
    shine(ink, hex('#35e0ff'), line * (0.35 + near * 0.6));
  },
  sound: (s) =>
    pluck(s, 0.25, [110, 110, 220, 110, 131, 131, 262, 131], 0.2) + hum(s, 55, 0.1) + knock(s, 0.5, 90, 0.4),
};
