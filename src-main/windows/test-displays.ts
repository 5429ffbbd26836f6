import type { DisplayView } from '#shared/protocol/wall-output.ts';

/** Two displays for tests: the main one with a bar at its top, and a larger one to the right of it. */
export const desk: DisplayView = {
  id: '1',
  name: 'desk',
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 30, width: 1920, height: 1050 },
  scale: 1,
  isPrimary: true,
};

export const beamer: DisplayView = {
  id: '2',
  name: 'beamer',
  bounds: { x: 1920, y: -180, width: 2560, height: 1440 },
  workArea: { x: 1920, y: -180, width: 2560, height: 1440 },
  scale: 1,
  isPrimary: false,
};

export const both = [desk, beamer];
