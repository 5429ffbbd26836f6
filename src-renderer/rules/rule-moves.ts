import type { WallCommand } from '#shared/document/command.ts';
import type { TileView, WallView } from '#shared/document/view.ts';
import type { RuleId, StreamId, TileId } from '#shared/model/ids.ts';

/** What a rule did to a tile; `before` is what the tile showed, null for one that was not there. */
export type RuleMove = Readonly<{ rule: RuleId; tile: TileId; stream: StreamId; before: StreamId | null }>;

/** What rules did between two views of one wall. */
export function ruleMoves(before: WallView, after: WallView): readonly RuleMove[] {
  if (before.id !== after.id || (before.tiles === after.tiles && before.bench === after.bench)) return [];
  const old = new Map([...before.tiles, ...before.bench].map((tile) => [tile.id, tile]));
  return [...after.tiles, ...after.bench].flatMap(({ id, stream, rule }) => {
    const was = old.get(id);
    if (rule === undefined || was?.stream === stream) return [];
    return [{ rule, tile: id, stream, before: was?.stream ?? null }];
  });
}

/** What takes back what a rule did, as far as it still stands as the rule left it. */
export function undoRuleMoves(moves: readonly RuleMove[], wall: WallView): readonly WallCommand[] {
  const tiles = new Map<TileId, TileView>([...wall.tiles, ...wall.bench].map((tile) => [tile.id, tile]));
  return moves.flatMap(({ rule, tile, stream, before }): readonly WallCommand[] => {
    const now = tiles.get(tile);
    if (now?.stream !== stream || now.rule !== rule) return [];
    return [before === null ? { type: 'remove-tile', tile } : { type: 'put-stream', tile, stream: before }];
  });
}
