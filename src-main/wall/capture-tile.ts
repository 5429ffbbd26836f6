import type { WebContentsView } from 'electron';
import type { TileId } from '#shared/model/ids.ts';
import type { PixelRect } from '#shared/protocol/wall-layers.ts';
import { MAX_STILL_LENGTH, STILL_WIDTH, type TileStill } from '#shared/protocol/tile-still.ts';
import { pictureOf } from './picture-of.ts';

/** Where a tile is to be seen: in which view, and where in it. */
export type SeenIn = { readonly view: WebContentsView; readonly rect: PixelRect };

const STILL_QUALITY = 65;
const FULL_QUALITY = 92;

/** A small still of a tile as it is on the wall. Null where there is no picture: its page is gone, or hidden. */
export async function captureStill(
  tile: TileId,
  seen: SeenIn,
  nowMs: () => number,
): Promise<TileStill | null> {
  const image = await capture(seen);
  if (image === null) return null;
  const { width: wide } = image.getSize();
  const small = wide > STILL_WIDTH ? image.resize({ width: STILL_WIDTH, quality: 'good' }) : image;
  const { width, height } = small.getSize();
  const url = dataUrl(small.toJPEG(STILL_QUALITY));
  if (url.length > MAX_STILL_LENGTH) return null;
  return { tile, takenAtMs: nowMs(), width, height, image: url };
}

/** A tile in full size, a JPEG as a data URL. */
export async function captureFull(seen: SeenIn): Promise<string | null> {
  const image = await capture(seen);
  return image === null ? null : dataUrl(image.toJPEG(FULL_QUALITY));
}

async function capture({ view, rect }: SeenIn): Promise<Electron.NativeImage | null> {
  const contents = view.webContents;
  if (contents.isDestroyed() || contents.isCrashed() || rect.width < 2 || rect.height < 2) return null;
  return pictureOf(contents, rect);
}

const dataUrl = (jpeg: Buffer): string => `data:image/jpeg;base64,${jpeg.toString('base64')}`;
