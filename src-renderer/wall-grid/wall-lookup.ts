import type { StreamView, TileView, WallView } from '#shared/document/view.ts';
import type { StreamId, TileId } from '#shared/model/ids.ts';
import type { CellRect } from '#shared/model/tile.ts';
import { coversCell, type Cell } from './stage-geometry.ts';

/** A tile that stands on the wall. */
export type PlacedTile = TileView & { readonly place: CellRect };

export function isPlaced(tile: TileView): tile is PlacedTile {
  return tile.place !== null;
}

export function placedTiles(wall: WallView): readonly PlacedTile[] {
  return wall.tiles.filter(isPlaced);
}

/** The tile that covers a cell. */
export function tileAt(wall: WallView, cell: Cell): PlacedTile | undefined {
  return placedTiles(wall).find((tile) => coversCell(tile.place, cell));
}

/** A tile of the wall or of its bench. */
export function tileById(wall: WallView, id: TileId): TileView | undefined {
  return wall.tiles.find((tile) => tile.id === id) ?? wall.bench.find((tile) => tile.id === id);
}

/** The tile that shows a stream: the first on the wall, else the first on the bench. */
export function tileOfStream(wall: WallView, stream: StreamId): TileView | undefined {
  return (
    wall.tiles.find((tile) => tile.stream === stream) ?? wall.bench.find((tile) => tile.stream === stream)
  );
}

/** The tile over the cell with this number, counted in reading order from 0, as the number keys do. */
export function tileAtIndex(wall: WallView, index: number): PlacedTile | undefined {
  const { cols, rows } = wall.grid;
  if (index >= cols * rows) return undefined;
  return tileAt(wall, { x: index % cols, y: Math.floor(index / cols) });
}

/** The code of what a tile shows; a dash where its stream is gone. */
export function codeOfTile(wall: WallView, streams: ReadonlyMap<StreamId, StreamView>, id: TileId): string {
  const stream = tileById(wall, id)?.stream;
  return (stream !== undefined && streams.get(stream)?.code) || '–';
}
