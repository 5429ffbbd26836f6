import { chance, hex, inside, lay, part, shine, since, TURN } from '../paint.ts';
import type { Scene } from '../scene.ts';
import { hum, knock } from '../sounds.ts';

const CENTRE = { x: 0.75, y: 0.5 };
const REACH = 0.44;
const TRACE = hex('#5dffe0');
const BLIPS = Array.from({ length: 9 }, (_, i) => ({
  angle: chance(i, 61),
  far: 0.12 + chance(i, 62) * 0.28,
  drift: (chance(i, 63) - 0.5) * 0.06,
}));

/** A harbour radar; the sweep goes round three times a loop. */
export const radar: Scene = {
  name: 'radar',
  number: 7,
  title: 'Coast Radar',
  accent: '#5dffe0',
  form: 'fmp4',
  paint: () => (ink, x, y, phase) => {
    lay(ink, hex('#04120f'), 1);
    const far = Math.hypot(x - CENTRE.x, y - CENTRE.y);
    const angle = Math.atan2(y - CENTRE.y, x - CENTRE.x) / TURN;
    const sweep = phase * 3;
    lay(ink, hex('#082520'), inside(far - REACH));
    for (let ring = 1; ring <= 4; ring++)
      lay(ink, TRACE, inside(Math.abs(far - (REACH * ring) / 4) - 0.001) * 0.4);
    if (far < REACH) {
      const cross = Math.min(Math.abs(x - CENTRE.x), Math.abs(y - CENTRE.y));
      lay(ink, TRACE, inside(cross - 0.001) * 0.25);
      const coast = 0.3 + 0.07 * Math.sin(angle * TURN * 3 + 1) + 0.03 * Math.sin(angle * TURN * 7);
      lay(ink, hex('#14564a'), inside(coast - far) * inside(Math.abs(since(angle, 0.1)) - 0.19, 0.01) * 0.8);
      const behind = part(sweep - angle);
      shine(ink, TRACE, Math.exp(-behind * 9) * 0.42);
    }
    for (const blip of BLIPS) {
      const at = (blip.angle + blip.drift * Math.sin(phase * TURN)) * TURN;
      const d = Math.hypot(x - CENTRE.x - Math.cos(at) * blip.far, y - CENTRE.y - Math.sin(at) * blip.far);
      shine(ink, hex('#d8fff6'), inside(d - 0.011, 0.006) * Math.exp(-part(sweep - blip.angle) * 2.2));
    }
    // Read-outs at the side, as bars that breathe.
    const line = Math.floor((y - 0.12) / 0.075);
    if (x > 1.32 && line >= 0 && line < 6 && part((y - 0.12) / 0.075) < 0.42) {
      const length = 0.08 + 0.26 * (0.5 + 0.5 * Math.sin(phase * TURN * (1 + (line % 3)) + line * 1.9));
      lay(ink, TRACE, x < 1.34 + length ? 0.55 : 0.1);
    }
  },
  sound: (s) => hum(s, 65, 0.1) + knock(s, 4, 1200, 0.25) + knock(s + 1.3, 2, 700, 0.12),
};
