import { nativeImage, type WebContentsView } from 'electron';
import { blendLayers, type PlacedBitmap } from './blend-layers.ts';
import { pictureOf } from './picture-of.ts';
import type { PixelSize } from './wall-geometry.ts';

/**
 * What the views of a wall show, laid over one another as they are on the screen. Each is asked for its own picture, so
 * that windows which lie over the wall are not in it.
 * @param views the lowest first
 * @returns PNG
 */
export async function captureViews(views: readonly WebContentsView[], size: PixelSize): Promise<Buffer> {
  const layers = await Promise.all(views.map(captureView));
  const { width, height, data } = blendLayers(size.width, size.height, layers.flat());
  return nativeImage.createFromBitmap(Buffer.from(data.buffer), { width, height }).toPNG();
}

/** Nothing, where a view has no picture: it is crashed, closes, or was never on the screen. */
async function captureView(view: WebContentsView): Promise<PlacedBitmap[]> {
  try {
    const { x, y, width, height } = view.getBounds();
    const image = await pictureOf(view.webContents);
    if (image === null) return [];
    // On a display of high density a picture is larger than the view.
    const data = image.toBitmap();
    const isExact = data.length === width * height * 4;
    const fitted = isExact ? data : image.resize({ width, height }).toBitmap({ scaleFactor: 1 });
    return [{ x, y, bitmap: { width, height, data: fitted } }];
  } catch {
    return [];
  }
}
