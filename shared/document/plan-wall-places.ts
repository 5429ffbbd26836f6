import type { Grid } from '../model/tile.ts';
import { MAX_TILES } from '../model/arrangement.ts';
import { fitsGrid, sameRect } from './cell-map.ts';
import type { WallCommand } from './command.ts';
import { firstFreePlace } from './first-free-place.ts';
import type { Op } from './op.ts';
import { benchOps, latestPlacing, placeOps, tilesAt } from './place-ops.ts';
import { stamped } from './stored-value.ts';
import { promotePlaces } from './promote-places.ts';
import { noteTakenOff } from './taken-off.ts';
import { comeBackSilent, forgetSound } from './plan-wall-sound.ts';
import { benchField } from './wall-keys.ts';
import { isPlaced, plan, refuse, withTile, type WallContext, type WallPlan } from './wall-plan.ts';
import type { TileRecord, WallState } from './wall-state.ts';

type CommandOf<T extends WallCommand['type']> = Extract<WallCommand, { type: T }>;

export function planPlaceStream(
  state: WallState,
  { tile: id, stream, at, rule }: CommandOf<'place-stream'>,
  { stamps }: WallContext,
): WallPlan {
  const existing = state.tiles.get(id);
  if (existing?.stream === stream) return refuse('unchanged', 'That tile is there already.');
  if (existing !== undefined) return refuse('invalid', 'Another tile of this wall has that id.');
  if (state.tiles.size >= MAX_TILES)
    return refuse('limit', `A wall has at most ${MAX_TILES} tiles. Remove some from the bench first.`);
  const { grid } = state.settings;
  if (at !== undefined && !fitsGrid(at, grid)) return offTheGrid(grid);
  const cells = at ?? firstFreePlace(grid, placesOn(state)) ?? null;
  const displaced = cells === null ? [] : tilesAt(state, cells);
  const { x, y, w, h } = cells ?? { x: 0, y: 0, w: 1, h: 1 };
  const placedAt = stamps.next(latestPlacing(displaced));
  const fields = {
    stream,
    place: { x, y, w, h, placedAt },
    ...(rule === undefined ? {} : { rule }),
  };
  return plan(...displaced.flatMap(benchOps), {
    type: 'create-record',
    root: 'tiles',
    id,
    fields: cells === null ? { ...fields, [benchField(placedAt)]: true } : fields,
  });
}

export function planPlaceTile(
  state: WallState,
  command: CommandOf<'place-tile'>,
  { stamps }: WallContext,
): WallPlan {
  return withTile(state, command.tile, (tile) => {
    const { grid } = state.settings;
    const onWall = isPlaced(state, tile);
    if (onWall && (command.at === undefined || sameRect(command.at, tile.place)))
      return refuse('unchanged', 'That tile stands there already.');
    const at = command.at ?? firstFreePlace(grid, placesOn(state), tile.place);
    if (at === null)
      return refuse(
        'invalid',
        'There is no free cell on the wall. Say where the tile goes, or make room.',
        true,
      );
    if (!fitsGrid(at, grid)) return offTheGrid(grid);
    const inTheWay = tilesAt(state, at).filter((other) => other !== tile);
    return plan(
      ...inTheWay.flatMap(benchOps),
      ...comeBackSilent(state, tile, stamps),
      ...placeOps(tile, at, stamps, inTheWay),
    );
  });
}

/** The two exchange places; when one is on the bench, it takes the other's cells and the other its seat. */
export function planSwapTiles(
  state: WallState,
  command: CommandOf<'swap-tiles'>,
  { stamps }: WallContext,
): WallPlan {
  return withTile(state, command.tile, (one) =>
    withTile(state, command.with, (other) => {
      if (one === other) return refuse('invalid', 'A tile cannot change places with itself.');
      const [first, second] = isPlaced(state, one) ? [one, other] : [other, one];
      if (!isPlaced(state, first)) return refuse('invalid', 'Both tiles are on the bench.');
      if (isPlaced(state, second))
        return plan(...placeOps(first, second.place, stamps), ...placeOps(second, first.place, stamps));
      return plan(
        ...benchOps(first),
        ...comeBackSilent(state, second, stamps),
        ...placeOps(second, first.place, stamps),
      );
    }),
  );
}

export function planPromoteTile(
  state: WallState,
  command: CommandOf<'promote-tile'>,
  { stamps }: WallContext,
): WallPlan {
  return withTile(state, command.tile, (tile) => {
    const from = isPlaced(state, tile) ? tile.place : null;
    const others = state.arrangement.placed.filter((other) => other !== tile);
    const { places, benched } = promotePlaces(tile.id, from, others, state.settings.grid);
    const at = places.get(tile.id);
    if (from !== null && at !== undefined && sameRect(from, at))
      return refuse('unchanged', 'That tile is as big as it gets on this grid.');
    const ops: Op[] = from === null ? [...comeBackSilent(state, tile, stamps)] : [];
    for (const one of [tile, ...others]) {
      const cells = places.get(one.id);
      if (cells !== undefined) ops.push(...placeOps(one, cells, stamps));
      else if (benched.includes(one.id)) ops.push(...benchOps(one));
    }
    return plan(...ops);
  });
}

export function planBenchTile(state: WallState, command: CommandOf<'bench-tile'>): WallPlan {
  return withTile(state, command.tile, (tile) =>
    tile.benched ? refuse('unchanged', 'That tile is on the bench already.') : plan(...benchOps(tile)),
  );
}

/** With the tile goes what is said elsewhere about it: its sound, and those blurs that are seen here. */
export function planRemoveTile(
  state: WallState,
  command: CommandOf<'remove-tile'>,
  context: WallContext,
): WallPlan {
  return withTile(state, command.tile, (tile) => {
    const { id } = tile;
    return plan(
      { type: 'remove-record', root: 'tiles', id },
      ...forgetSound(state.audio, id, context.stamps),
      ...(state.safety.blurs.get(id) ?? []).map((key): Op => ({ type: 'delete-key', root: 'safety', key })),
      ...noteTakenOff(state, tile, context),
    );
  });
}

/** Keeps what fits. What does not is benched for good, so that a bigger grid does not bring it back on air. */
export function planSetGrid(
  state: WallState,
  { grid }: CommandOf<'set-grid'>,
  { stamps }: WallContext,
): WallPlan {
  const { cols, rows } = state.settings.grid;
  if (grid.cols === cols && grid.rows === rows)
    return refuse('unchanged', `The wall has ${cols} x ${rows} cells already.`);
  const leaving = state.arrangement.placed.filter((tile) => !fitsGrid(tile.place, grid));
  return plan(setGrid(grid, stamps), ...leaving.flatMap(benchOps));
}

export function setGrid({ cols, rows }: Grid, stamps: WallContext['stamps']): Op {
  return { type: 'set-key', root: 'settings', key: 'grid', value: stamped({ cols, rows }, stamps.next()) };
}

function placesOn(state: WallState): readonly TileRecord['place'][] {
  return state.arrangement.placed.map((tile) => tile.place);
}

function offTheGrid({ cols, rows }: Grid): WallPlan {
  return refuse('invalid', `That does not fit on the wall, which has ${cols} x ${rows} cells.`);
}
