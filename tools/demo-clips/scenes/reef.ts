import { chance, hex, inside, lay, part, ramp, shine, sky, TURN } from '../paint.ts';
import type { Scene } from '../scene.ts';
import { hum, pluck, swell } from '../sounds.ts';

const SCHOOL = Array.from({ length: 9 }, (_, i) => ({
  y: 0.2 + chance(i, 1) * 0.52,
  size: 0.035 + chance(i, 2) * 0.05,
  start: chance(i, 3),
  laps: i % 3 === 0 ? 2 : 1,
  way: i % 4 === 1 ? -1 : 1,
  colour: hex(['#ff9f1c', '#ffe66d', '#ff5d73', '#c8f7ff'][i % 4] ?? '#ff9f1c'),
}));

/** Fish over a reef, with light from above. */
export const reef: Scene = {
  name: 'reef',
  number: 5,
  title: 'Coral Reef',
  accent: '#ff9f1c',
  form: 'fmp4',
  paint: () => (ink, x, y, phase) => {
    sky(ink, y, 1, [hex('#2fc4d6'), hex('#0f7fae'), hex('#0a4a86'), hex('#06264f')]);
    const slant = x + y * 0.35;
    const rays =
      Math.sin(slant * 9 + Math.sin(phase * TURN) * 1.2) + Math.sin(slant * 15 - Math.sin(phase * TURN + 1));
    shine(ink, hex('#9ff3ff'), ramp(0.4, 2, rays) * (1 - y) * 0.45);
    for (let bed = 0; bed < 2; bed++) {
      const blade = part(x * 7 + bed * 0.5) - 0.5;
      const root = Math.floor(x * 7 + bed * 0.5);
      const height = 0.12 + chance(root, bed) * 0.22;
      const up = (1 - y) / height;
      const bend = Math.sin(phase * TURN * 2 + root * 1.7 + up * 2) * 0.16 * up;
      if (up < 1)
        lay(
          ink,
          hex(bed === 0 ? '#0e6b5a' : '#0a4f57'),
          inside(Math.abs(blade - bend) - 0.13 * (1 - up), 0.04),
        );
    }
    const coral = 0.97 - 0.1 * Math.abs(Math.sin(x * 5.3 + 1)) - 0.05 * Math.abs(Math.sin(x * 13.7));
    lay(ink, hex('#b23a6f'), inside(coral - y) * 0.9);
    lay(ink, hex('#5e2a6b'), inside(coral + 0.05 - y));
    for (const fish of SCHOOL) {
      const lane = part(fish.start + phase * fish.laps);
      const cx = (fish.way > 0 ? lane : 1 - lane) * 2.2 - 0.2;
      const cy = fish.y + Math.sin(phase * TURN * 3 + fish.start * 9) * 0.014;
      const dx = ((x - cx) * fish.way) / fish.size;
      const dy = (y - cy) / fish.size;
      if (Math.abs(dx) > 2 || Math.abs(dy) > 1) continue;
      const soft = 0.006 / fish.size;
      const wag = Math.sin(phase * TURN * 18 + fish.start * 20) * 0.2;
      lay(
        ink,
        fish.colour,
        inside(Math.abs(dy + wag * (-0.8 - dx)) - (-0.75 - dx) * 0.75, soft) * inside(-1.55 - dx, soft),
      );
      lay(ink, fish.colour, inside(Math.hypot(dx, dy * 1.9) - 1, soft));
      lay(
        ink,
        [1, 1, 1],
        inside(Math.hypot(dx, dy * 1.9) - 1, soft) * inside(Math.abs(dx - 0.15) - 0.11, soft) * 0.85,
      );
      lay(ink, hex('#0b1530'), inside(Math.hypot(dx - 0.6, dy + 0.08) - 0.13, soft));
    }
    for (let i = 0; i < 10; i++) {
      const rise = part(chance(i, 7) + phase * 2);
      const bx = 0.2 + chance(i, 8) * 1.4 + Math.sin(rise * TURN * 2 + i) * 0.012;
      const ring = Math.abs(Math.hypot(x - bx, y - (1.05 - rise * 1.1)) - 0.008 - chance(i, 9) * 0.008);
      shine(ink, hex('#d8fbff'), inside(ring - 0.002) * 0.5);
    }
  },
  sound: (s) =>
    hum(s, 146.8, 0.1) * swell(s, 4) + hum(s, 73.4, 0.16) + pluck(s, 0.75, [880, 1175, 988, 1319], 0.06),
};
