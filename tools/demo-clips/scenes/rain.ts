import { chance, hex, inside, part, ramp, shine, sky, TURN } from '../paint.ts';
import type { Scene } from '../scene.ts';
import { hiss, hum, knock } from '../sounds.ts';

const LAMPS = Array.from({ length: 15 }, (_, i) => ({
  x: chance(i, 91) * 1.8,
  y: 0.2 + chance(i, 92) * 0.6,
  size: 0.05 + chance(i, 93) * 0.085,
  colour: hex(['#ffb347', '#ff5e7e', '#6ec6ff', '#ffe08a', '#7dffcf'][i % 5] ?? '#ffb347'),
  way: i % 2 === 0 ? 1 : -1,
}));
const DROPS = Array.from({ length: 16 }, (_, i) => ({
  x: 0.04 + (i / 16) * 1.72 + chance(i, 94) * 0.06,
  start: chance(i, 95),
  laps: 1 + (i % 2),
  size: 0.013 + chance(i, 96) * 0.01,
}));

/** City lights out of focus behind a window in the rain. */
export const rain: Scene = {
  name: 'rain',
  number: 9,
  title: 'Rain Window',
  accent: '#6ec6ff',
  form: 'fmp4',
  paint: () => (ink, x, y, phase) => {
    sky(ink, y, 1, [hex('#0a1430'), hex('#1d2a57'), hex('#3a2a56'), hex('#120d22')]);
    let px = x;
    let py = y;
    let wet = 0;
    for (const drop of DROPS) {
      if (Math.abs(x - drop.x) > 0.03) continue;
      const fall = part(drop.start + phase * drop.laps);
      const cy = -0.1 + fall * 1.25 + Math.sin(fall * TURN * 3) * 0.02;
      const cx = drop.x + Math.sin(cy * 9 + drop.start * 30) * 0.006;
      const bead = inside(Math.hypot(x - cx, (y - cy) * 0.72) - drop.size, 0.004);
      // A bead shows the street upside down.
      px += bead * (cx - x) * 14;
      py += bead * (cy - y) * 14;
      wet = Math.max(
        wet,
        bead,
        y < cy && y > cy - 0.3 ? inside(Math.abs(x - cx) - 0.003) * ramp(cy - 0.3, cy, y) * 0.5 : 0,
      );
    }
    for (const lamp of LAMPS) {
      const cx = lamp.x + Math.sin(phase * TURN + lamp.size * 90) * 0.07 * lamp.way;
      const d = Math.hypot(px - cx, py - lamp.y) - lamp.size;
      if (d < 0.02) shine(ink, lamp.colour, inside(d, 0.008) * (0.42 + 0.3 * ramp(-0.02, 0, d)));
    }
    shine(ink, hex('#dff1ff'), wet * 0.3);
  },
  sound: (s) => hiss(s, 2400, 0.22) + hum(s, 110, 0.05) + knock(s, 0.75, 900, 0.05),
};
