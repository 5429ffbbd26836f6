import { chance, disc, hex, inside, lay, part, ramp, ridge, sky, TURN } from '../paint.ts';
import type { Scene } from '../scene.ts';
import { hum, pluck } from '../sounds.ts';

const FLEET = [
  { x: 0.36, y: 0.44, size: 0.15, colours: ['#e4572e', '#ffc145'], sway: 0 },
  { x: 0.86, y: 0.27, size: 0.105, colours: ['#2e86ab', '#f6f5ae'], sway: 0.3 },
  { x: 1.34, y: 0.4, size: 0.135, colours: ['#6a4c93', '#ff99c8'], sway: 0.6 },
  { x: 1.1, y: 0.6, size: 0.06, colours: ['#1b998b', '#f4f1de'], sway: 0.8 },
  { x: 0.62, y: 0.63, size: 0.05, colours: ['#d7263d', '#f4f1de'], sway: 0.15 },
] as const;

/** Hot-air balloons over morning hills. */
export const balloons: Scene = {
  name: 'balloons',
  number: 4,
  title: 'Balloon Morning',
  accent: '#e4572e',
  form: 'mp4',
  paint: () => (ink, x, y, phase) => {
    sky(ink, y, 0.8, [hex('#4a90c8'), hex('#8cc4e0'), hex('#ffe3b8'), hex('#ffcf9a')]);
    lay(ink, hex('#fff6d8'), disc(x, y, 1.5, 0.62, 0.1, 0.05));
    for (let cloud = 0; cloud < 4; cloud++) {
      const cx = part(chance(cloud, 1) + phase) * 2.4 - 0.3;
      const d = Math.hypot((x - cx) * 0.35, (y - 0.1 - cloud * 0.11) * 1.9);
      lay(ink, [1, 1, 1], ramp(0.09, 0.0, d) * 0.6);
    }
    lay(ink, hex('#a58aa8'), inside(0.8 - ridge(x * 2.2, 5) * 0.16 - y));
    lay(ink, hex('#6f6a8c'), inside(0.9 - ridge(x * 2.8, 9) * 0.18 - y));
    lay(ink, hex('#3f4a63'), inside(0.99 - ridge(x * 3.4, 21) * 0.16 - y));
    for (const { x: bx, y: by, size, colours, sway } of FLEET) {
      const turn = (phase + sway) * TURN;
      const cx = bx + Math.sin(turn) * size * 0.6;
      const cy = by + Math.cos(turn) * size * 0.9;
      const dx = (x - cx) / size;
      const dy = (y - cy) / size;
      if (Math.abs(dx) > 1.3 || dy < -1.3 || dy > 2.2) continue;
      const soft = 0.008 / size;
      // A sphere above, narrowing to the burner below.
      const envelope = dy < 0.35 ? Math.hypot(dx, dy) - 1 : Math.abs(dx) - (0.937 - (dy - 0.35) * 0.8);
      if (dy < 1.25) {
        const stripe =
          Math.asin(Math.max(-1, Math.min(1, dx / Math.sqrt(Math.max(0.05, 1 - dy * dy * 0.7))))) + turn * 0;
        const colour = hex(part(stripe * 1.3 + 0.25) > 0.5 ? colours[0] : colours[1]);
        lay(ink, colour, inside(envelope, soft));
        lay(ink, [0, 0, 0], inside(envelope, soft) * ramp(-0.4, 1.2, dx * 0.8 + dy * 0.3) * 0.4);
      }
      lay(ink, hex('#4a2e1a'), inside(Math.max(Math.abs(dx) - 0.17, Math.abs(dy - 1.65) - 0.14), soft));
      lay(
        ink,
        hex('#4a2e1a'),
        inside(Math.max(Math.abs(Math.abs(dx) - 0.16) - 0.012, Math.abs(dy - 1.4) - 0.2), soft) * 0.7,
      );
    }
  },
  sound: (s) => hum(s, 131, 0.08) + pluck(s, 1.5, [392, 523, 659, 523, 440, 587, 698, 587], 0.22),
};
