import type { Ink } from './paint.ts';
import {
  FRAMES_PER_SECOND,
  HEIGHT,
  LOOP_SECONDS,
  SAMPLES_PER_SECOND,
  WIDTH,
  type Shader,
  type Sound,
} from './scene.ts';

const FRAMES = FRAMES_PER_SECOND * LOOP_SECONDS;

const toByte = (channel: number) => Math.max(0, Math.min(255, Math.round(channel * 255)));

/** One frame as RGB, three bytes a pixel, top line first. */
export function renderFrame(shader: Shader, phase: number): Uint8Array {
  const bytes = new Uint8Array(WIDTH * HEIGHT * 3);
  const ink: Ink = { r: 0, g: 0, b: 0 };
  let at = 0;
  for (let row = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++) {
      ink.r = ink.g = ink.b = 0;
      shader(ink, (column + 0.5) / HEIGHT, (row + 0.5) / HEIGHT, phase);
      bytes[at++] = toByte(ink.r);
      bytes[at++] = toByte(ink.g);
      bytes[at++] = toByte(ink.b);
    }
  }
  return bytes;
}

/** All frames of one loop, in order. */
export function* renderLoop(shader: Shader): Generator<Uint8Array> {
  for (let frame = 0; frame < FRAMES; frame++) yield renderFrame(shader, frame / FRAMES);
}

/** One loop of sound as 16-bit little-endian samples, one channel. */
export function renderSound(sound: Sound): Buffer {
  const samples = SAMPLES_PER_SECOND * LOOP_SECONDS;
  const bytes = Buffer.alloc(samples * 2);
  for (let i = 0; i < samples; i++) {
    const level = Math.max(-1, Math.min(1, sound(i / SAMPLES_PER_SECOND)));
    bytes.writeInt16LE(Math.round(level * 32_000), i * 2);
  }
  return bytes;
}
