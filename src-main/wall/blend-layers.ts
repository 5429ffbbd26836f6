/** A picture of one layer: four bytes a pixel, blue, green, red, alpha; colours already multiplied by alpha. */
export type Bitmap = { readonly width: number; readonly height: number; readonly data: Uint8Array };

export type PlacedBitmap = { readonly bitmap: Bitmap; readonly x: number; readonly y: number };

/**
 * Lays pictures over one another, the first at the bottom, on opaque black. What lies outside is cut off.
 * @returns four bytes a pixel, opaque
 */
export function blendLayers(width: number, height: number, layers: readonly PlacedBitmap[]): Bitmap {
  const data = new Uint8Array(width * height * 4);
  for (let alpha = 3; alpha < data.length; alpha += 4) data[alpha] = 255;
  for (const layer of layers) blend({ width, height, data }, layer);
  return { width, height, data };
}

function blend(under: Bitmap, { bitmap, x, y }: PlacedBitmap): void {
  const { data: to } = under;
  const { data: from } = bitmap;
  const left = Math.max(0, x);
  const right = Math.min(under.width, x + bitmap.width);
  const bottom = Math.min(under.height, y + bitmap.height);
  for (let row = Math.max(0, y); row < bottom; row++) {
    let source = ((row - y) * bitmap.width + (left - x)) * 4;
    let target = (row * under.width + left) * 4;
    for (let column = left; column < right; column++, source += 4, target += 4) {
      const alpha = from[source + 3] ?? 0;
      if (alpha === 0) continue;
      const rest = 255 - alpha;
      for (let channel = 0; channel < 3; channel++) {
        to[target + channel] =
          (from[source + channel] ?? 0) + Math.round(((to[target + channel] ?? 0) * rest) / 255);
      }
    }
  }
}
