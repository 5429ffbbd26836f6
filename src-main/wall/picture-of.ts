import type { NativeImage } from 'electron';
import type { PixelRect } from '#shared/protocol/wall-layers.ts';
import { systemAfter, type After } from './timers.ts';

/** A page that draws gives its picture in a few frames. One that was never on the screen may never give any. */
const PATIENCE_MS = 5_000;

type Seen = { readonly capturePage: (rect?: PixelRect) => Promise<NativeImage> };

/**
 * What a page shows now.
 * @param rect the part that is wanted; all of it, if left out
 * @returns null where there is no picture, or none in time
 */
export async function pictureOf(
  contents: Seen,
  rect?: PixelRect,
  after: After = systemAfter,
): Promise<NativeImage | null> {
  let stop = (): void => undefined;
  const late = new Promise<null>((resolve) => {
    stop = after(PATIENCE_MS, () => {
      resolve(null);
    });
  });
  try {
    const image = await Promise.race([contents.capturePage(rect), late]);
    return image === null || image.isEmpty() ? null : image;
  } finally {
    stop();
  }
}
