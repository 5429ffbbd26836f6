import { box, chance, hex, inside, lay, part, ramp, shine, sky, since, TURN } from '../paint.ts';
import type { Scene } from '../scene.ts';
import { hum, knock } from '../sounds.ts';

const NIGHT = [hex('#070b1f'), hex('#101a44'), hex('#2a3472'), hex('#5a4a86')];
const TRACK_Y = 0.75;
const CAR = 0.46;

/** The height of the skyline (as y of the roofs) of a row of buildings. */
const roof = (column: number, row: number) => 0.24 + row * 0.16 + chance(column, row) * 0.3;

/** A night skyline and an elevated train that crosses it twice a loop. */
export const train: Scene = {
  name: 'train',
  number: 2,
  title: 'Night Train',
  accent: '#ffd166',
  form: 'ts',
  paint: () => (ink, x, y, phase) => {
    sky(ink, y, 0.8, NIGHT);
    shine(ink, hex('#f3efff'), inside(Math.hypot(x - 1.42, y - 0.17) - 0.075, 0.01) * 0.8);
    for (let row = 0; row < 2; row++) {
      const width = 0.13 + row * 0.06;
      const column = Math.floor((x + row * 0.07) / width);
      const top = roof(column, row);
      if (y < top) continue;
      lay(ink, row === 0 ? hex('#141b40') : hex('#0a0e26'), 1);
      const wx = part((x + row * 0.07) / 0.026);
      const wy = part(y / 0.042);
      const id = chance(Math.floor((x + row * 0.07) / 0.026), Math.floor(y / 0.042) + row * 50);
      const lit = id > 0.62 && !(id > 0.95 && part(phase * 2 + id * 40) > 0.5);
      if (lit && wx > 0.3 && wx < 0.8 && wy > 0.3 && wy < 0.75)
        lay(ink, hex(id > 0.8 ? '#ffd98a' : '#8fb4ff'), 0.75);
    }
    // The viaduct, and the train on it.
    lay(ink, hex('#05070f'), inside(Math.abs(y - TRACK_Y - 0.02) - 0.02));
    lay(ink, hex('#05070f'), inside(Math.abs(part(x / 0.4) - 0.5) * 0.4 - 0.018) * inside(TRACK_Y - y));
    const front = nose(phase);
    const along = front - x;
    if (along > 0 && along < CAR * 4) {
      const inCar = part(along / CAR) * CAR;
      lay(ink, hex('#1d2540'), box(inCar, y, CAR / 2, TRACK_Y - 0.065, CAR / 2 - 0.008, 0.055));
      lay(ink, hex('#d2434f'), box(inCar, y, CAR / 2, TRACK_Y - 0.03, CAR / 2 - 0.008, 0.008));
      const pane = Math.abs(part(inCar / 0.062) - 0.5) * 0.062 - 0.021;
      const glass = inside(pane) * inside(Math.abs(y - TRACK_Y + 0.078) - 0.021) * ramp(0.005, 0.03, inCar);
      lay(ink, hex('#ffe9b8'), glass * ramp(CAR - 0.005, CAR - 0.03, inCar));
    }
    shine(ink, hex('#fff2c4'), Math.exp(-Math.hypot(x - front, (y - TRACK_Y + 0.06) * 1.4) * 9) * 0.9);
    const beacon = Math.max(0, 1 - Math.abs(since(phase * 8, 0)) * 6);
    shine(ink, hex('#ff4d4d'), Math.exp(-Math.hypot(x - 0.455, y - 0.27) * 60) * beacon);
  },
  sound: (s) =>
    hum(s, 98, 0.12) + hum(s, 147, 0.07) + knock(s, 0.5, 180, 0.3) + knock(s + 0.12, 0.5, 140, 0.25),
};

/** Where the train's nose is: from left of the picture until its tail has left it on the right, twice a loop. */
function nose(phase: number): number {
  const turn = part(phase * 2 + 0.25);
  return -0.3 + turn * 4.2 + 0.02 * Math.sin(turn * TURN);
}
