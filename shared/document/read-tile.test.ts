import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CellRect, Fit, Volume, Zoom } from '../model/tile.ts';
import { TileId } from '../model/ids.ts';
import { Rotation } from '../model/stream.ts';
import { isId, readCellRect, readFit, readRotation, readVolume, readZoom } from './read-tile.ts';

/** Values near what is right, and everything else. */
const part = fc.oneof(
  fc.integer({ min: -2, max: 14 }),
  fc.double(),
  fc.constantFrom('cover', 'contain', 0, 90, 180, 270, 1, 8, 12, null, undefined, true, NaN, -0, '1'),
  fc.anything(),
);
const rectLike = fc.record({ x: part, y: part, w: part, h: part }, { requiredKeys: [] });
const zoomLike = fc.record({ factor: part, panX: part, panY: part }, { requiredKeys: [] });
const anything = fc.oneof(part, rectLike, zoomLike, fc.stringMatching(/^[\w-]{0,34}$/), fc.string());

const checks = [
  ['place', CellRect, readCellRect],
  ['fit', Fit, readFit],
  ['zoom', Zoom, readZoom],
  ['rotation', Rotation, readRotation],
  ['volume', Volume, readVolume],
  ['id', TileId, (value: unknown) => (isId(value) ? value : null)],
] as const;

describe.each(checks)('read %s', (_, schema, read) => {
  test('[W13] agrees with its schema about any value', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const parsed = schema.safeParse(value);
        expect(read(value)).toEqual(parsed.success ? parsed.data : null);
      }),
      { numRuns: 2_000 },
    );
  });
});
