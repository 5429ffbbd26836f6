import { personHue } from '../truth-bar/person-hue.ts';
import hues from './Hues.module.css';

/** The class that gives `--person` the colour of somebody. */
export function hueClass(name: string): string | undefined {
  return hues[`hue${personHue(name)}`];
}
