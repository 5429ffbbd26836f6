import { expect, it } from 'vitest';
import { blendLayers, type Bitmap } from './blend-layers.ts';

const flat = (width: number, height: number, pixel: readonly number[]): Bitmap => ({
  width,
  height,
  data: Uint8Array.from(Array.from({ length: width * height }, () => pixel).flat()),
});
const pixelAt = ({ width, data }: Bitmap, x: number, y: number) => [
  ...data.slice((y * width + x) * 4, (y * width + x) * 4 + 4),
];

it('nothing is opaque black', () => {
  expect(pixelAt(blendLayers(2, 1, []), 1, 0)).toEqual([0, 0, 0, 255]);
});

it('what is opaque covers, what is half clear lets half through, what is clear changes nothing', () => {
  const layers = [
    { x: 0, y: 0, bitmap: flat(3, 1, [100, 100, 100, 255]) },
    { x: 1, y: 0, bitmap: flat(1, 1, [100, 0, 0, 128]) },
    { x: 2, y: 0, bitmap: flat(1, 1, [0, 0, 0, 0]) },
  ];
  const blended = blendLayers(3, 1, layers);
  expect(pixelAt(blended, 0, 0)).toEqual([100, 100, 100, 255]);
  expect(pixelAt(blended, 1, 0)).toEqual([150, 50, 50, 255]);
  expect(pixelAt(blended, 2, 0)).toEqual([100, 100, 100, 255]);
});

it('a layer stands where it is put and what lies outside is cut off', () => {
  const white = flat(2, 2, [255, 255, 255, 255]);
  const blended = blendLayers(3, 3, [
    { x: -1, y: -1, bitmap: white },
    { x: 2, y: 2, bitmap: white },
  ]);
  const lit = [0, 1, 2].map((y) => [0, 1, 2].map((x) => (pixelAt(blended, x, y)[0] === 255 ? 1 : 0)));
  expect(lit).toEqual([
    [1, 0, 0],
    [0, 0, 0],
    [0, 0, 1],
  ]);
});
