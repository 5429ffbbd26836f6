import type { WallCommand } from '#shared/document/command.ts';
import type { WallView } from '#shared/document/view.ts';
import type { TileId } from '#shared/model/ids.ts';
import { fitsGrid, overlaps } from '#shared/document/cell-map.ts';
import { resizeTo } from './decide-drop.ts';
import type { Drop } from './drop.ts';
import { resizeByKey } from './decide-resize.ts';
import { moveCursor, type StageCursor, type StageSpot } from './stage-cursor.ts';
import { shifted, type Direction } from './stage-geometry.ts';
import { placedTiles, type PlacedTile } from './wall-lookup.ts';

/** The part of a keyboard event that counts. */
export type KeyPress = Readonly<Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>>;

/** What a key on the stage asks for. */
export type StageIntent =
  | { readonly kind: 'none' }
  | { readonly kind: 'go'; readonly cursor: StageCursor }
  | { readonly kind: 'command'; readonly command: WallCommand }
  | { readonly kind: 'drop'; readonly drop: Drop }
  /** Nothing is done, and the person is told why. */
  | { readonly kind: 'in-the-way'; readonly tiles: number }
  | { readonly kind: 'menu'; readonly tile: TileId }
  /** The field for a stream's code, with what was typed already. */
  | { readonly kind: 'code'; readonly at: StageCursor; readonly text: string }
  | { readonly kind: 'reload'; readonly tile: TileId };

const none: StageIntent = { kind: 'none' };

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/**
 * Keys on the stage. Arrows go, Shift+arrows resize, Alt or Ctrl+arrows move or swap; Enter acts, Shift+Enter makes big, Space listens, Shift+Space in the background, B blurs,
 * Delete removes, F5 loads again. Any other letter or digit begins a stream's code; `/` begins one that starts with B.
 */
export function stageIntent(
  wall: WallView,
  cursor: StageCursor,
  spot: StageSpot,
  press: KeyPress,
): StageIntent {
  const direction = Object.hasOwn(directions, press.key) ? directions[press.key] : undefined;
  if (direction !== undefined) return arrowIntent(wall, cursor, spot, press, direction);
  if (press.altKey || press.ctrlKey || press.metaKey) return none;
  if (press.key === '/') return codeAt(spot, '');
  if (spot.kind === 'tile') return tileIntent(spot.tile, press) ?? codeIntent(spot, press);
  if (press.key === 'Enter' || press.key === ' ') return codeAt(spot, '');
  return codeIntent(spot, press);
}

/** Null for keys that mean nothing to a tile itself. */
function tileIntent(tile: PlacedTile, press: KeyPress): StageIntent | null {
  switch (press.key) {
    case 'Enter':
      return press.shiftKey
        ? { kind: 'command', command: { type: 'promote-tile', tile: tile.id } }
        : { kind: 'menu', tile: tile.id };
    case ' ':
      if (press.shiftKey) {
        return { kind: 'command', command: { type: 'set-background', tile: tile.id, on: !tile.background } };
      }
      return { kind: 'command', command: { type: 'listen', tile: tile.heard ? null : tile.id } };
    case 'Delete':
    case 'Backspace':
      return { kind: 'command', command: { type: 'remove-tile', tile: tile.id } };
    case 'F5':
      return { kind: 'reload', tile: tile.id };
    case 'b':
    case 'B':
      return { kind: 'command', command: { type: 'blur', tile: tile.id, on: !tile.blurred } };
    default:
      return null;
  }
}

function codeIntent(spot: StageSpot, press: KeyPress): StageIntent {
  return /^[a-z0-9]$/i.test(press.key) ? codeAt(spot, press.key.toLowerCase()) : none;
}

function codeAt(spot: StageSpot, text: string): StageIntent {
  const tile = spot.kind === 'tile' ? spot.tile.id : null;
  return { kind: 'code', at: { ...spot.cell, tile }, text };
}

function arrowIntent(
  wall: WallView,
  cursor: StageCursor,
  spot: StageSpot,
  press: KeyPress,
  direction: Direction,
): StageIntent {
  const moves = press.altKey || press.ctrlKey || press.metaKey;
  if (!moves && !press.shiftKey) return { kind: 'go', cursor: moveCursor(wall, cursor, direction) };
  if (spot.kind === 'empty' || (moves && press.shiftKey)) return none;
  if (moves) return stepIntent(wall, spot.tile, direction);
  const at = resizeByKey(spot.tile.place, direction, wall.grid);
  return at === null ? none : { kind: 'drop', drop: resizeTo(wall, spot.tile, at) };
}

/** One cell on: onto free cells, or in exchange with the one tile that is in the way. */
function stepIntent(wall: WallView, tile: PlacedTile, direction: Direction): StageIntent {
  const at = shifted(tile.place, direction);
  if (!fitsGrid(at, wall.grid)) return none;
  const inTheWay = placedTiles(wall).filter((other) => other.id !== tile.id && overlaps(other.place, at));
  const [other] = inTheWay;
  if (other === undefined)
    return { kind: 'drop', drop: { kind: 'place-tile', tile: tile.id, at, displaced: [] } };
  if (inTheWay.length > 1) return { kind: 'in-the-way', tiles: inTheWay.length };
  return {
    kind: 'drop',
    drop: { kind: 'swap', tile: tile.id, with: other.id, at: other.place, back: tile.place },
  };
}
