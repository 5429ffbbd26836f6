import { hex, lay, ramp, TURN } from '../paint.ts';
import type { Scene } from '../scene.ts';
import { hum, swell } from '../sounds.ts';

const BLOBS = Array.from({ length: 8 }, (_, i) => ({
  x: 0.25 + (i * 1.3) / 8,
  radius: 0.07 + ((i * 37) % 5) * 0.016,
  turn: ((i * 53) % 11) / 11,
  laps: 1 + (i % 2),
}));

/** Slow wax: blobs that melt into one another. */
export const lava: Scene = {
  name: 'lava',
  number: 12,
  title: 'Lava Lamp',
  accent: '#ffdd67',
  form: 'fmp4',
  paint: () => (ink, x, y, phase) => {
    lay(ink, hex('#2b0a4f'), 1);
    lay(ink, hex('#7a1466'), ramp(0.1, 1, y));
    let heat = ramp(0.82, 1.05, y) * 1.2 + ramp(0.14, -0.08, y) * 0.9;
    for (const blob of BLOBS) {
      const turn = (phase * blob.laps + blob.turn) * TURN;
      const cx = blob.x + Math.sin(turn * 1 + blob.turn * 7) * 0.07;
      const cy = 0.5 + Math.cos(turn) * 0.4;
      heat += (blob.radius * blob.radius) / ((x - cx) ** 2 + (y - cy) ** 2 + 0.0005);
    }
    lay(ink, hex('#ff3c5f'), ramp(0.5, 1.0, heat) * 0.55);
    lay(ink, hex('#ff5a36'), ramp(0.97, 1.05, heat));
    lay(ink, hex('#ffb52e'), ramp(1.2, 2.6, heat));
    lay(ink, hex('#fff1a8'), ramp(2.8, 6, heat));
  },
  sound: (s) => hum(s, 82.4, 0.18) * swell(s, 2) + hum(s, 123.5, 0.12) * swell(s + 2, 3) + hum(s, 61.7, 0.1),
};
