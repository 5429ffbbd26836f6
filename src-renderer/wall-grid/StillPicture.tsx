import { useEffect, useRef } from 'react';
import type { TileStill } from '#shared/protocol/tile-still.ts';

/**
 * The newest still of a tile. It is drawn by hand: of an image element whose address changes every few seconds Chromium
 * keeps each picture that was ever decoded, up to some hundred megabytes.
 */
export function StillPicture({
  still,
  className,
}: {
  readonly still: TileStill;
  readonly className: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { image, takenAtMs } = still;
  useEffect(() => {
    let isOver = false;
    const show = (bitmap: ImageBitmap): void => {
      if (isOver || canvas.current === null) {
        bitmap.close();
        return;
      }
      canvas.current.width = bitmap.width;
      canvas.current.height = bitmap.height;
      canvas.current.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
      canvas.current.dataset['still'] = String(takenAtMs);
    };
    // One that cannot be read leaves the one before it.
    decode(image).then(show, () => undefined);
    return () => {
      isOver = true;
    };
  }, [image, takenAtMs]);
  return <canvas ref={canvas} className={className} width={0} height={0} />;
}

async function decode(dataUrl: string): Promise<ImageBitmap> {
  const bytes = Uint8Array.from(atob(dataUrl.slice(dataUrl.indexOf(',') + 1)), (char) => char.charCodeAt(0));
  return createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
}
