import { chance, hex, inside, lay, ramp, ridge, shine, sky, TURN } from '../paint.ts';
import type { Scene } from '../scene.ts';
import { hum, swell } from '../sounds.ts';

const GREEN = hex('#3dffa2');
const VIOLET = hex('#9a5cff');

/** Curtains of northern light over a snow ridge and a still lake. */
export const aurora: Scene = {
  name: 'aurora',
  number: 3,
  title: 'Northern Lights',
  accent: '#5dffb0',
  form: 'fmp4',
  paint: () => {
    const light = (x: number, y: number, phase: number, curtain: number): number => {
      const bend =
        Math.sin(x * 2.1 + curtain * 2 + phase * TURN) * 0.09 + Math.sin(x * 4.7 - phase * TURN * 2) * 0.035;
      const foot = 0.44 + curtain * 0.07 + bend;
      const folds =
        0.6 + 0.4 * Math.sin(x * 17 + Math.sin(x * 5 + phase * TURN) * 3 + curtain + phase * TURN * 2);
      return ramp(foot + 0.015, foot - 0.02, y) * Math.exp(-(foot - y) * 5.2) * folds;
    };
    return (ink, x, y, phase) => {
      const shore = 0.74;
      const mirror = y > shore;
      const yy = mirror ? shore - (y - shore) * 1.5 + Math.sin(y * 160 + phase * TURN * 4) * 0.006 : y;
      sky(ink, yy, 0.75, [hex('#040818'), hex('#071a33'), hex('#0d3242')]);
      if (chance(Math.floor(x * 80), Math.floor(yy * 80)) > 0.988) shine(ink, [1, 1, 1], 0.3);
      for (let curtain = 0; curtain < 2; curtain++) {
        const amount = light(x, yy, phase, curtain);
        shine(ink, GREEN, amount * 0.75);
        shine(ink, VIOLET, amount * ramp(0.4, 0.05, yy) * 0.8);
      }
      const peaks = 0.72 - ridge(x * 3 + 4, 11) * 0.3;
      lay(ink, hex('#0a1626'), inside(peaks - yy));
      // A rim of light on the ridge alone; the slopes stay dark.
      lay(ink, hex('#5fb9a8'), inside(peaks - yy) * Math.exp(-(yy - peaks) * 90) * 0.6);
      if (mirror) lay(ink, hex('#03070f'), 0.35 + (y - shore) * 1.3);
    };
  },
  sound: (s) => hum(s, 220, 0.1) * swell(s, 2) + hum(s, 329.5, 0.09) * swell(s + 3, 2) + hum(s, 110, 0.14),
};
