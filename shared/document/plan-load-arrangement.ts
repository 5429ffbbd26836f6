import { MAX_RULES, MAX_SCENES, MAX_TILES, type WallArrangement } from '../model/arrangement.ts';
import type { CellRect } from '../model/tile.ts';
import { createCellMap } from './cell-map.ts';
import type { Op } from './op.ts';
import { benchOps, placeOps } from './place-ops.ts';
import { setField } from './plan-wall-picture.ts';
import { setGrid } from './plan-wall-places.ts';
import { withoutGaps } from './plan-wall-rules.ts';
import { blurOps, censorOps } from './plan-wall-safety.ts';
import { hear, setBackground, setVolume } from './plan-wall-sound.ts';
import { stamped } from './stored-value.ts';
import { benchField } from './wall-keys.ts';
import { plan, refuse, type WallContext, type WallPlan } from './wall-plan.ts';
import { DEFAULT_VOLUME, type TileRecord, type WallState } from './wall-state.ts';

type ArrangedTile = WallArrangement['tiles'][number];

/**
 * Makes a wall what the arrangement says: a copy of another wall, or this one as it was. Tiles keep their ids, so that
 * loading twice, or on two desks at once, makes nothing twice. Tiles, scenes and rules that it does not name stay (tiles on
 * the bench); what is blurred or covered now stays so.
 */
export function planLoadArrangement(
  state: WallState,
  arrangement: WallArrangement,
  context: WallContext,
): WallPlan {
  const tiles = new Map(arrangement.tiles.map((tile) => [tile.id, tile]));
  const tooMany = exceeded(state, arrangement);
  if (tooMany !== null) return refuse('limit', tooMany);
  const leaving = state.arrangement.placed.filter((tile) => !tiles.has(tile.id));
  const cells = createCellMap(arrangement.grid);
  const tileOps = [...tiles.values()].flatMap((tile) => {
    const place = tile.place !== null && cells.isFree(tile.place) ? tile.place : null;
    if (place !== null) cells.take(place);
    return [
      ...putTile(state.tiles.get(tile.id), tile, place, context),
      ...putSound(state, tile, context),
      ...(tile.blurred && !state.safety.blurs.has(tile.id) ? blurOps(state, tile.id, context) : []),
    ];
  });
  return plan(
    ...putSettings(arrangement, context),
    ...leaving.flatMap(benchOps),
    ...tileOps,
    hear(arrangement.heard, context.stamps),
    ...(arrangement.censored && state.safety.censors.length === 0 ? censorOps(state, context) : []),
    ...putScenesAndRules(arrangement, context),
  );
}

function exceeded(state: WallState, { tiles, scenes, rules }: WallArrangement): string | null {
  const united = (there: { has: (id: never) => boolean; size: number }, ids: readonly { id: string }[]) =>
    there.size + new Set(ids.filter(({ id }) => !there.has(id as never)).map(({ id }) => id)).size;
  if (united(state.tiles, tiles) > MAX_TILES) return `A wall has at most ${MAX_TILES} tiles.`;
  if (united(state.scenes, scenes) > MAX_SCENES) return `A wall keeps at most ${MAX_SCENES} scenes.`;
  if (united(state.rules, rules) > MAX_RULES) return `A wall has at most ${MAX_RULES} rules.`;
  return null;
}

function putSettings({ name, grid, colours }: WallArrangement, { stamps }: WallContext): readonly Op[] {
  return [
    { type: 'set-key', root: 'settings', key: 'name', value: stamped(name, stamps.next()) },
    { type: 'set-key', root: 'settings', key: 'colours', value: stamped(colours, stamps.next()) },
    setGrid(grid, stamps),
  ];
}

function putTile(
  existing: TileRecord | undefined,
  { id, stream, fit, zoom, rotation }: ArrangedTile,
  at: CellRect | null,
  { stamps }: WallContext,
): readonly Op[] {
  const picture = { stream, fit, zoom, rotation };
  if (existing !== undefined) {
    const placing = at !== null ? placeOps(existing, at, stamps) : benchOps(existing);
    return [...placing, ...Object.entries(picture).map(([field, value]) => setField(existing, field, value))];
  }
  const placedAt = stamps.next();
  const { x, y, w, h } = at ?? { x: 0, y: 0, w: 1, h: 1 };
  const fields = { ...picture, place: { x, y, w, h, placedAt } };
  return [
    {
      type: 'create-record',
      root: 'tiles',
      id,
      fields: at === null ? { ...fields, [benchField(placedAt)]: true } : fields,
    },
  ];
}

function putSound(state: WallState, { id, volume, background }: ArrangedTile, { stamps }: WallContext): Op[] {
  const ops: Op[] = [];
  const { volumes, background: heardToo } = state.audio;
  if ((volumes.get(id) ?? DEFAULT_VOLUME) !== volume) ops.push(setVolume(id, volume, stamps));
  if (heardToo.has(id) !== background) ops.push(setBackground(id, background, stamps));
  return ops;
}

function putScenesAndRules({ scenes, rules }: WallArrangement, { actor }: WallContext): readonly Op[] {
  return [
    ...scenes.map(({ id, name, grid, tiles }): Op => {
      return { type: 'create-record', root: 'scenes', id, fields: { name, arrangement: { grid, tiles } } };
    }),
    ...rules.map(({ id, name, enabled, match, rotate }): Op => {
      const rest = rotate === undefined ? {} : { rotate };
      const fields = { name, enabled, match: withoutGaps(match), by: actor, ...rest };
      return { type: 'create-record', root: 'rules', id, fields };
    }),
  ];
}
