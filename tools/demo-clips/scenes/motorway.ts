import { chance, hex, inside, lay, part, ramp, shine, sky } from '../paint.ts';
import type { Scene } from '../scene.ts';
import { hum, swell } from '../sounds.ts';

const HORIZON = 0.42;
const VANISH = 0.86;

/** A ring road at night: white lights come, red lights go. */
export const motorway: Scene = {
  name: 'motorway',
  number: 8,
  title: 'Ring Road',
  accent: '#ff5470',
  form: 'mp4',
  paint: () => (ink, x, y, phase) => {
    sky(ink, y, HORIZON, [hex('#070714'), hex('#171233'), hex('#3b2350'), hex('#b0504f')]);
    const block = Math.floor(x / 0.09);
    if (y < HORIZON && y > HORIZON - 0.04 - chance(block, 71) * 0.13) {
      lay(ink, hex('#0d0b1c'), 1);
      const window = chance(Math.floor(x / 0.018), Math.floor(y / 0.024));
      if (window > 0.72 && part(x / 0.018) > 0.35 && part(y / 0.024) > 0.4) lay(ink, hex('#ffcf7a'), 0.6);
    }
    if (y <= HORIZON) return;
    const near = (y - HORIZON) / (1 - HORIZON);
    const depth = 1 / (near + 0.06);
    // Across the road: 0 is the middle, 1 the right edge.
    const across = (x - VANISH) / (0.05 + near * 0.95);
    lay(ink, hex('#0a0d12'), 1);
    lay(ink, hex('#1b1d29'), inside(Math.abs(across) - 1, 0.02));
    lay(ink, hex('#f2c14e'), inside(Math.abs(across) - 0.018, 0.01) * 0.8);
    lay(ink, hex('#e8ecf5'), inside(Math.abs(Math.abs(across) - 0.96) - 0.014, 0.01) * 0.5);
    const dash = part(depth * 1.1 + phase * 12) < 0.45;
    if (dash) lay(ink, hex('#e8ecf5'), inside(Math.abs(Math.abs(across) - 0.49) - 0.013, 0.01) * 0.6);
    for (let lane = 0; lane < 4; lane++) {
      const comes = lane < 2;
      const middle = [-0.73, -0.25, 0.25, 0.73][lane] ?? 0;
      for (let car = 0; car < 3; car++) {
        const run = part(chance(lane * 3 + car, 81) + (comes ? phase : -phase) * (lane % 2 === 0 ? 3 : 4));
        const cy = HORIZON + (1 - HORIZON) * run ** 2.6 * 1.25;
        const size = 0.05 + ((cy - HORIZON) / (1 - HORIZON)) * 0.95;
        for (const side of [-0.075, 0.075]) {
          const cx = VANISH + (middle + side) * size;
          const d = Math.hypot(x - cx, y - cy + size * 0.02) / size;
          shine(ink, hex(comes ? '#fff4d6' : '#ff2e3e'), Math.exp(-d * 26) * 1.3 * ramp(0, 0.06, run));
        }
      }
    }
  },
  sound: (s) =>
    hum(s, 87, 0.16) * (0.5 + swell(s, 3) * 0.5) + hum(s, 130.8, 0.1) * swell(s, 4) + hum(s, 196, 0.05),
};
