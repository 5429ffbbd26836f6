import { chance, disc, drift, hex, inside, lay, ramp, shine, sky, TURN } from '../paint.ts';
import type { Scene } from '../scene.ts';
import { hum, swell } from '../sounds.ts';

const HORIZON = 0.62;
const LAMP = { x: 0.52, y: 0.3 };
const DUSK = [hex('#0b1233'), hex('#2c2a63'), hex('#8a3f72'), hex('#f08a5a')];
const STONE = hex('#0a0c1c');
const LIGHT = hex('#ffe9b0');

/** A lighthouse at dusk; its beam goes round twice a loop. */
export const harbour: Scene = {
  name: 'harbour',
  number: 1,
  title: 'Harbour Light',
  accent: '#ffb86b',
  form: 'fmp4',
  paint: () => (ink, x, y, phase) => {
    const angle = phase * TURN * 2;
    if (y < HORIZON) {
      sky(ink, y, HORIZON, DUSK);
      const star = chance(Math.floor(x * 60), Math.floor(y * 60));
      if (star > 0.985 && y < 0.35) shine(ink, [1, 1, 1], 0.35);
    } else {
      const depth = (y - HORIZON) / (1 - HORIZON);
      lay(ink, hex('#5c3763'), 1);
      lay(ink, hex('#0a1030'), ramp(0, 0.8, depth));
      const wave = Math.sin(
        (y * 130) / (0.4 + depth) + Math.sin(x * 9 + phase * TURN) * 2 + phase * TURN * 3,
      );
      shine(ink, hex('#f0906a'), ramp(0.5, 1, wave) * 0.16 * (1 - depth));
      const glitter = Math.exp(-Math.abs(x - LAMP.x) * 5) * (0.5 + 0.5 * Math.cos(angle));
      shine(ink, LIGHT, glitter * ramp(0, 1, wave) * 0.35);
    }
    // Two opposite beams, each a cone that shortens as it turns towards us.
    const reach = Math.cos(angle);
    const dx = (x - LAMP.x) * Math.sign(reach || 1);
    const spread = Math.abs(y - LAMP.y) / (0.015 + Math.abs(dx) * 0.16);
    const beam = Math.exp(-spread * spread) * Math.exp(-Math.abs(dx) * (0.6 + 2 * (1 - Math.abs(reach))));
    shine(ink, LIGHT, beam * (dx > 0 ? 0.75 : 0.2) * Math.abs(reach));
    const rocks = HORIZON + 0.06 - 0.1 * Math.exp(-(((x - LAMP.x) / 0.3) ** 2)) - drift(x * 14, 3) * 0.035;
    lay(ink, STONE, inside(rocks - y) * inside(y - HORIZON - 0.05));
    const half = 0.028 + (y - LAMP.y) * 0.055;
    if (y > LAMP.y && y < HORIZON) lay(ink, STONE, inside(Math.abs(x - LAMP.x) - half));
    if (y > 0.4 && y < 0.47) lay(ink, hex('#7d2b3d'), inside(Math.abs(x - LAMP.x) - half) * 0.8);
    lay(ink, STONE, inside(Math.max(Math.abs(x - LAMP.x) - 0.036, Math.abs(y - LAMP.y - 0.035) - 0.008)));
    lay(
      ink,
      STONE,
      inside(Math.abs(x - LAMP.x) - 0.03 + Math.max(0, 0.26 - y)) * inside(y - 0.265) * inside(0.235 - y),
    );
    lay(ink, LIGHT, disc(x, y, LAMP.x, LAMP.y, 0.022));
    shine(
      ink,
      LIGHT,
      Math.exp(-Math.hypot(x - LAMP.x, y - LAMP.y) * 16) * (0.5 + Math.max(0, -Math.sin(angle))),
    );
  },
  sound: (s) => hum(s, 110, 0.16) + hum(s, 165, 0.1) * swell(s, 3) + hum(s, 82.5, 0.22) * swell(s, 1) ** 4,
};
