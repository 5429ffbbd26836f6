import type { Platform } from '#shared/model/stream.ts';
import { platformDrawings, type DrawnLine } from '../ui/platform-drawings.ts';

/** The few signs on a wall, drawn as lines so that they stay sharp at any size. */
const paths = {
  /** Sound comes from here. */
  speaker: [
    'M4 9.5v5h3.2L12 18.5v-13L7.2 9.5z',
    'M15.5 8.6a4.8 4.8 0 0 1 0 6.8',
    'M18.2 5.9a8.6 8.6 0 0 1 0 12.2',
  ],
  /** An eye with a line through it. */
  hidden: [
    'M10.6 5.2A9.6 9.6 0 0 1 12 5.1c5 0 8.6 4 9.8 6.9a13 13 0 0 1-2.6 3.8',
    'M6.4 6.6A13.4 13.4 0 0 0 2.2 12c1.2 2.9 4.8 6.9 9.8 6.9 1.9 0 3.6-.6 5-1.4',
    'M9.9 9.9a3 3 0 0 0 4.2 4.2',
    'M3 3l18 18',
  ],
} as const;

/** Where a stream comes from. */
export const platformMark = (platform: Platform): SVGSVGElement =>
  drawing(platform, platformDrawings[platform]);

export const overlayMark = (name: keyof typeof paths): SVGSVGElement =>
  drawing(
    name,
    paths[name].map((d) => ({ d })),
  );

function drawing(name: string, lines: readonly DrawnLine[]): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `mark ${name}`);
  for (const { d, filled = false } of lines) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    if (filled) path.setAttribute('fill', 'currentColor');
    svg.append(path);
  }
  return svg;
}

const SVG = 'http://www.w3.org/2000/svg';
