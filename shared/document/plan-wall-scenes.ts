import { MAX_SCENES, MAX_TILES, type SceneArrangement } from '../model/arrangement.ts';
import type { SceneId, TileId } from '../model/ids.ts';
import { createCellMap, sameRect } from './cell-map.ts';
import type { WallCommand } from './command.ts';
import { matchScene } from './match-scene.ts';
import type { Op } from './op.ts';
import { benchOps, placeOps } from './place-ops.ts';
import { setField } from './plan-wall-picture.ts';
import { setGrid } from './plan-wall-places.ts';
import { comeBackSilent } from './plan-wall-sound.ts';
import { sceneTileId } from './scene-tile-id.ts';
import type { SceneView } from './view.ts';
import { isPlaced, plan, refuse, withScene, type WallContext, type WallPlan } from './wall-plan.ts';
import type { TileRecord, WallState } from './wall-state.ts';

type CommandOf<T extends WallCommand['type']> = Extract<WallCommand, { type: T }>;

/** Remembers what is on the wall now; under a scene's id that is there it replaces what that scene remembered. */
export function planSaveScene(state: WallState, command: CommandOf<'save-scene'>): WallPlan {
  const { scene: id, name } = command;
  if (!state.scenes.has(id) && state.scenes.size >= MAX_SCENES)
    return refuse('limit', `A wall keeps at most ${MAX_SCENES} scenes. Delete one first.`);
  const { cols, rows } = state.settings.grid;
  const tiles = state.arrangement.placed.map(({ place: { x, y, w, h }, stream, fit }) => ({
    x,
    y,
    w,
    h,
    stream,
    fit,
  }));
  const arrangement: SceneArrangement = { grid: { cols, rows }, tiles };
  return plan({ type: 'create-record', root: 'scenes', id, fields: { name, arrangement } });
}

export function planRenameScene(state: WallState, command: CommandOf<'rename-scene'>): WallPlan {
  return withScene(state, command.scene, ({ id, name }) =>
    name === command.name
      ? refuse('unchanged', 'That scene has that name already.')
      : plan({ type: 'set-field', root: 'scenes', id, field: 'name', value: command.name }),
  );
}

export function planDeleteScene(state: WallState, command: CommandOf<'delete-scene'>): WallPlan {
  return withScene(state, command.scene, ({ id }) => plan({ type: 'remove-record', root: 'scenes', id }));
}

/**
 * Makes the wall what the scene says. Every tile of the scene is placed anew, even where it stood, so that of a scene and
 * somebody's drag at the same moment each tile follows one; tiles without a part in the scene go to the bench.
 */
export function planApplyScene(
  state: WallState,
  command: CommandOf<'apply-scene'>,
  context: WallContext,
): WallPlan {
  return withScene(state, command.scene, (scene) => {
    const entries = placeable(scene);
    const tiles = [...state.arrangement.placed, ...state.arrangement.bench];
    const shown = tiles.map((tile) => ({
      id: tile.id,
      stream: tile.stream,
      place: isPlaced(state, tile) ? tile.place : null,
      tile,
    }));
    const { taken, left } = matchScene(entries, shown, context.resolveStream ?? ((stream) => stream));
    const leaving = left.filter((one) => one.place !== null).map((one) => one.tile);
    const placings = taken.map(({ entry, tile }) => ({ entry, tile: tile?.tile ?? null }));
    const missing = placings.filter(({ tile }) => tile === null).length;
    if (state.tiles.size + missing > MAX_TILES)
      return refuse('limit', `A wall has at most ${MAX_TILES} tiles. Remove some from the bench first.`);
    if (isAsNow(state, scene, placings, leaving))
      return refuse('unchanged', 'The wall is as in that scene already.');
    return plan(
      setGrid(scene.grid, context.stamps),
      ...leaving.flatMap(benchOps),
      ...placeAll(state, scene.id, placings, context),
    );
  });
}

type Placing = Readonly<{ entry: SceneView['tiles'][number]; tile: TileRecord | null }>;

/** A scene as received may name cells that its grid does not have, or some twice: the first takes them. */
function placeable({ grid, tiles }: SceneView): SceneView['tiles'] {
  const cells = createCellMap(grid);
  return tiles.filter((entry) => {
    if (!cells.isFree(entry)) return false;
    cells.take(entry);
    return true;
  });
}

function isAsNow(
  state: WallState,
  { grid }: SceneView,
  placings: readonly Placing[],
  leaving: readonly TileRecord[],
): boolean {
  const { cols, rows } = state.settings.grid;
  return (
    leaving.length === 0 &&
    grid.cols === cols &&
    grid.rows === rows &&
    placings.every(
      ({ entry, tile }) =>
        tile !== null && isPlaced(state, tile) && sameRect(tile.place, entry) && tile.fit === entry.fit,
    )
  );
}

function placeAll(
  state: WallState,
  scene: SceneId,
  placings: readonly Placing[],
  { stamps }: WallContext,
): readonly Op[] {
  const made = new Set<TileId>();
  return placings.flatMap(({ entry, tile }): readonly Op[] => {
    const { x, y, w, h, stream, fit } = entry;
    if (tile !== null)
      return [
        ...comeBackSilent(state, tile, stamps),
        ...placeOps(tile, entry, stamps),
        ...(tile.fit === fit ? [] : [setField(tile, 'fit', fit)]),
      ];
    const id = sceneTileId(scene, stream, (taken) => state.tiles.has(taken) || made.has(taken));
    made.add(id);
    const place = { x, y, w, h, placedAt: stamps.next() };
    return [{ type: 'create-record', root: 'tiles', id, fields: { stream, place, fit } }];
  });
}
