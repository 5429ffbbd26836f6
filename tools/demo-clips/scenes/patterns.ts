import type { Scene } from '../scene.ts';
import { hum, knock, pluck, swell } from '../sounds.ts';

/** Pictures that ffmpeg itself can make. Those that do not come back by themselves are played forth and back. */
const FORTH_AND_BACK =
  'trim=end_frame=150,split[forth][turn];[turn]reverse[back];[forth][back]concat=n=2:v=1:a=0';

export const fractal: Scene = {
  name: 'fractal',
  number: 13,
  title: 'Deep Zoom',
  accent: '#8ad7ff',
  form: 'ts',
  picture: {
    lavfi:
      'mandelbrot=s=640x360:r=25:start_scale=0.9:end_scale=0.03:end_pts=150:start_x=-0.743643887:start_y=-0.131825904' +
      `:maxiter=220:inner=black:outer=normalized_iteration_count,hue=h=200:s=1.1,scale=320:180:flags=area,${FORTH_AND_BACK}`,
  },
  sound: (s) =>
    pluck(s, 0.5, [262, 330, 392, 494, 523, 494, 392, 330], 0.14) + hum(s, 65.4, 0.14) * swell(s, 2),
};

export const life: Scene = {
  name: 'life',
  number: 14,
  title: 'Game of Life',
  accent: '#b8ff5d',
  form: 'fmp4',
  picture: {
    lavfi:
      'life=s=80x45:r=25:mold=12:seed=7:ratio=0.28:life_color=#d8ff6a:death_color=#1d6b3c:mold_color=#06140d,' +
      `trim=start_frame=60,setpts=PTS-STARTPTS,fps=25/3,setpts=PTS-STARTPTS,fps=25,scale=320:180:flags=neighbor,${FORTH_AND_BACK}`,
  },
  sound: (s) => knock(s, 0.24, 520, 0.14) + knock(s + 0.1, 0.4, 780, 0.12) + hum(s, 98, 0.06),
};

export const loom: Scene = {
  name: 'loom',
  number: 15,
  title: 'Pattern Loom',
  accent: '#ffcf5d',
  form: 'ts',
  picture: {
    lavfi:
      'cellauto=s=80x45:r=25:rule=110:random_seed=3:scroll=1:full=1,fps=25/4,setpts=PTS-STARTPTS,fps=25,format=gray,' +
      'scale=320:180:flags=neighbor,format=gbrp,' +
      "lutrgb=r='if(gt(val,127),226,38)':g='if(gt(val,127),142,20)':b='if(gt(val,127),54,46)'," +
      `vignette=PI/5,${FORTH_AND_BACK}`,
  },
  sound: (s) => knock(s, 0.16, 240, 0.2) + knock(s, 0.32, 160, 0.2) + hum(s, 110, 0.06),
};

export const testCard: Scene = {
  name: 'test-card',
  number: 16,
  title: 'Test Card',
  accent: '#ffffff',
  form: 'ts',
  picture: {
    lavfi:
      "smptehdbars=s=320x180:r=25,hue=s=0.85[bars];color=c=black:s=96x96:r=25,format=yuva420p,geq=lum='16+219*lt(abs(hypot(X-48,Y-48)-44),2)" +
      "+150*lt(abs(atan2((X-48)*cos(T*PI/6)+(Y-48)*sin(T*PI/6),-(Y-48)*cos(T*PI/6)+(X-48)*sin(T*PI/6))),0.09)':cb=128:cr=128" +
      ":a='255*lt(hypot(X-48,Y-48),46)'[clock];[bars][clock]overlay=112:28,trim=end_frame=300",
  },
  sound: (s) => hum(s, 1000, 0.14) * (s % 4 < 3 ? 1 : 0),
};
