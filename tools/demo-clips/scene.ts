import type { Ink } from './paint.ts';

export const WIDTH = 320;
export const HEIGHT = 180;
export const FRAMES_PER_SECOND = 25;
/**
 * At 32 kHz a loop of 8 s is a whole number of video frames (200) and of AAC frames (250), so the end of a clip meets
 * its beginning without a gap in either.
 */
export const SAMPLES_PER_SECOND = 32_000;
export const LOOP_SECONDS = 8;
export const SEGMENT_SECONDS = 2;

/**
 * Paints one pixel. x goes from 0 to 16/9, y from 0 (top) to 1; `phase` goes from 0 to 1 once per loop, and whatever
 * moves must be back where it began at 1.
 */
export type Shader = (ink: Ink, x: number, y: number, phase: number) => void;

/** One loop of sound: a sample from -1 to 1 at a time in seconds, with a period of LOOP_SECONDS. */
export type Sound = (seconds: number) => number;

export type Scene = Readonly<{
  /** The clip's file name without ending. */
  name: string;
  /** The number and the name that are written into the picture. */
  number: number;
  title: string;
  /** `#rrggbb` of the number and the running line. */
  accent: string;
  paint: () => Shader;
  sound: Sound;
  /** What the clip is cut into: MPEG-TS or fragmented MP4 segments for HLS, or one MP4 file. */
  form: 'ts' | 'fmp4' | 'mp4';
}>;
