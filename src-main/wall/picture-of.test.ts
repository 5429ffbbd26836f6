import type { NativeImage } from 'electron';
import { expect, it } from 'vitest';
import { pictureOf } from './picture-of.ts';

const image = (isEmpty: boolean) => ({ isEmpty: () => isEmpty }) as NativeImage;

/** The clock that a picture is waited for by; it is stopped when nobody waits any more. */
function waiting() {
  const waits = new Set<() => void>();
  const after = (_delayMs: number, call: () => void) => {
    waits.add(call);
    return () => void waits.delete(call);
  };
  return { waits, after };
}

it('a page that draws gives its picture, an empty one is none, and no clock goes on', async () => {
  const { waits, after } = waiting();
  const full = image(false);
  expect(await pictureOf({ capturePage: async () => Promise.resolve(full) }, undefined, after)).toBe(full);
  const empty = { capturePage: async () => Promise.resolve(image(true)) };
  expect(await pictureOf(empty, undefined, after)).toBeNull();
  const gone = { capturePage: async () => Promise.reject(new Error('gone')) };
  await expect(pictureOf(gone, undefined, after)).rejects.toThrow('gone');
  expect(waits.size).toBe(0);
});

it('a picture that never comes is none, after a while', async () => {
  const { waits, after } = waiting();
  const never = { capturePage: async () => new Promise<NativeImage>(() => undefined) };
  const picture = pictureOf(never, undefined, after);
  for (const call of [...waits]) call();
  expect(await picture).toBeNull();
});
