import { readStamp } from '../kernel/stamp.ts';
import type { RuleId, StreamId, TileId } from '../model/ids.ts';
import { MAX_GRID_SIDE, type CellRect, type Fit, type Zoom } from '../model/tile.ts';
import type { StoredRecord } from './stored-value.ts';
import { BENCH_PREFIX, benchField } from './wall-keys.ts';
import { DEFAULT_FIT, DEFAULT_ROTATION, DEFAULT_ZOOM, type TileRecord } from './wall-state.ts';

/**
 * The checks of `shared/model/tile` by hand, for they run on every edit of a tile; a test holds them against the schemas.
 * Numbers and rectangles are rebuilt rather than passed on, so that nothing unchecked travels with them.
 */

/** Says what of a record is not shown, and why. */
export type Report = (reason: string) => void;

const ID = /^[A-Za-z0-9_-]{1,32}$/;

export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/** A tile, or null when its stream or place cannot be read. Other fields fall back to what a new tile has. */
export function readTile(id: TileId, { births, fields }: StoredRecord, report: Report): TileRecord | null {
  const stream = fields['stream']?.value;
  const place = readPlace(fields['place']?.value);
  if (!isId(stream)) return (report('its stream cannot be read'), null);
  if (place === null) return (report('its place cannot be read'), null);
  const rule = fields['rule']?.value;
  const benchFields = Object.keys(fields).filter((name) => name.startsWith(BENCH_PREFIX));
  return {
    id,
    birth: readStamp(births[0]),
    stream: stream as StreamId,
    place,
    benched: benchFields.includes(benchField(place.placedAt)),
    benchFields,
    fit: optional(fields['fit']?.value, readFit, DEFAULT_FIT, 'its fit cannot be read', report),
    zoom: optional(fields['zoom']?.value, readZoom, DEFAULT_ZOOM, 'its zoom cannot be read', report),
    rotation: optional(
      fields['rotation']?.value,
      readRotation,
      DEFAULT_ROTATION,
      'its rotation cannot be read',
      report,
    ),
    ...(isId(rule) ? { rule: rule as RuleId } : {}),
  };
}

function optional<T>(
  value: unknown,
  read: (value: unknown) => T | null,
  otherwise: T,
  reason: string,
  report: Report,
): T {
  // Null is a field that somebody cleared.
  if (value === undefined || value === null) return otherwise;
  const found = read(value);
  if (found !== null) return found;
  report(reason);
  return otherwise;
}

/** The rectangle with the stamp of its placing; an unreadable stamp is the oldest. */
export function readPlace(value: unknown): TileRecord['place'] | null {
  const rect = readCellRect(value);
  if (rect === null) return null;
  return { ...rect, placedAt: readStamp((value as { placedAt?: unknown }).placedAt) };
}

export function readCellRect(value: unknown): CellRect | null {
  if (!isObject(value)) return null;
  const { x, y, w, h } = value;
  const isOffset = (n: unknown): n is number => isWhole(n, 0, MAX_GRID_SIDE - 1);
  const isSide = (n: unknown): n is number => isWhole(n, 1, MAX_GRID_SIDE);
  return isOffset(x) && isOffset(y) && isSide(w) && isSide(h) ? { x, y, w, h } : null;
}

export function readFit(value: unknown): Fit | null {
  return value === 'cover' || value === 'contain' ? value : null;
}

export function readZoom(value: unknown): Zoom | null {
  if (!isObject(value)) return null;
  const { factor, panX, panY } = value;
  return isWithin(factor, 1, 8) && isWithin(panX, -1, 1) && isWithin(panY, -1, 1)
    ? { factor, panX, panY }
    : null;
}

export function readRotation(value: unknown): TileRecord['rotation'] | null {
  return value === 0 || value === 90 || value === 180 || value === 270 ? value : null;
}

export function readVolume(value: unknown): number | null {
  return isWithin(value, 0, 1) ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWithin(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && value >= min && value <= max;
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && isWithin(value, min, max);
}
