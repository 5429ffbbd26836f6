import type { Rotation } from './stream.ts';
import type { Zoom } from './tile.ts';

/**
 * How a turned and enlarged picture stands in its tile, as a CSS transform of an element that fills the tile (a quarter
 * turn swaps the sides it is to be given) and is centred in it. Panning shows another part of an enlarged picture and
 * never what lies beside it.
 */
export function pictureTransform(rotation: Rotation, { factor, panX, panY }: Zoom): string {
  const parts = ['translate(-50%, -50%)'];
  const x = shift(panX, factor);
  const y = shift(panY, factor);
  const isSideways = rotation === 90 || rotation === 270;
  // Panning is meant as the viewer sees it; the shift is in the element's own, unturned measures.
  if (x !== 0 || y !== 0)
    parts.push(`translate(${percent(isSideways ? y : x)}%, ${percent(isSideways ? x : y)}%)`);
  if (rotation !== 0) parts.push(`rotate(${String(rotation)}deg)`);
  if (factor !== 1) parts.push(`scale(${String(factor)})`);
  return parts.join(' ');
}

function shift(pan: number, factor: number): number {
  const room = (factor - 1) / 2;
  return -Math.max(-room, Math.min(room, (pan * factor) / 2));
}

const percent = (share: number): string => String(Math.round(share * 10_000) / 100);
