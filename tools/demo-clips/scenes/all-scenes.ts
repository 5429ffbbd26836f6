import type { Scene } from '../scene.ts';
import { aurora } from './aurora.ts';
import { balloons } from './balloons.ts';
import { harbour } from './harbour.ts';
import { lanterns } from './lanterns.ts';
import { lava } from './lava.ts';
import { motorway } from './motorway.ts';
import { radar } from './radar.ts';
import { rain } from './rain.ts';
import { reef } from './reef.ts';
import { snow } from './snow.ts';
import { sundown } from './sundown.ts';
import { train } from './train.ts';

export const allScenes: readonly Scene[] = [
  harbour,
  train,
  aurora,
  balloons,
  reef,
  lanterns,
  radar,
  motorway,
  rain,
  sundown,
  snow,
  lava,
];
