import type { Rotation } from './stream.ts';
import type { Zoom } from './tile.ts';

/**
 * How a turned and enlarged picture stands in its tile, as a CSS transform of an element that fills the tile (a quarter
 * turn swaps the sides it is to be given) with its top left in the tile's middle. Panning is meant as the viewer sees it;
 * it shows another part of an enlarged picture and never what lies beside it.
 */
export function pictureTransform(rotation: Rotation, { factor, panX, panY }: Zoom): string {
  const parts = ['translate(-50%, -50%)'];
  if (rotation !== 0) parts.push(`rotate(${String(rotation)}deg)`);
  const [x, y] = inOwnAxes(rotation, shift(panX, factor), shift(panY, factor));
  if (x !== 0 || y !== 0) parts.push(`translate(${percent(x)}%, ${percent(y)}%)`);
  if (factor !== 1) parts.push(`scale(${String(factor)})`);
  return parts.join(' ');
}

/** By how much of the tile the picture is moved, so that its centre is where panning says, or as near as it can be. */
function shift(pan: number, factor: number): number {
  const room = (factor - 1) / 2;
  return -Math.max(-room, Math.min(room, (pan * factor) / 2));
}

/** After the turn, right and down are other directions for the element than for the viewer. */
function inOwnAxes(rotation: Rotation, x: number, y: number): readonly [number, number] {
  switch (rotation) {
    case 0:
      return [x, y];
    case 90:
      return [y, -x];
    case 180:
      return [-x, -y];
    case 270:
      return [-y, x];
  }
}

const percent = (share: number): string => String(Math.round(share * 10_000) / 100);
