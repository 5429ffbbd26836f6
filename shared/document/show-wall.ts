import type { TileId, WallId } from '../model/ids.ts';
import { samePlain } from './stored-value.ts';
import type { RuleView, SceneView, TileView, Unshown, WallView } from './view.ts';
import { DEFAULT_VOLUME, type TileRecord, type WallState } from './wall-state.ts';

/**
 * The view of a wall. Whatever says the same as in the view before is the same object, lists included, so that screens draw
 * only what changed.
 */
export function showWall(id: WallId, state: WallState, unshown: Unshown, before: WallView | null): WallView {
  const known = new Map<TileId, TileView>();
  for (const tile of before?.tiles ?? []) known.set(tile.id, tile);
  for (const tile of before?.bench ?? []) known.set(tile.id, tile);
  const { settings, arrangement, audio, safety } = state;
  const heard = arrangement.placed.some((tile) => tile.id === audio.heard) ? audio.heard : null;
  const show = (tile: TileRecord, isPlaced: boolean) =>
    showTile(tile, isPlaced, heard, state, known.get(tile.id));
  const view: WallView = {
    id,
    name: settings.name,
    grid: keep(before?.grid, settings.grid),
    colours: keep(before?.colours, settings.colours),
    takenOff: keep(before?.takenOff, settings.takenOff),
    tiles: keepList(
      before?.tiles,
      arrangement.placed.map((tile) => show(tile, true)),
    ),
    bench: keepList(
      before?.bench,
      arrangement.bench.map((tile) => show(tile, false)),
    ),
    heard,
    censored: safety.censors.length > 0,
    scenes: keepList(before?.scenes, byName(state.scenes.values())),
    rules: keepList(before?.rules, byName(state.rules.values())),
    problems: unshown.problems,
    problemCounts: unshown.problemCounts,
  };
  return before !== null && sameParts(before, view) ? before : view;
}

function showTile(
  tile: TileRecord,
  isPlaced: boolean,
  heard: TileId | null,
  { audio, safety }: WallState,
  before: TileView | undefined,
): TileView {
  const { id, stream, fit, zoom, rotation } = tile;
  const { x, y, w, h } = tile.place;
  const view: TileView = {
    id,
    stream,
    place: isPlaced ? { x, y, w, h } : null,
    fit,
    zoom,
    rotation,
    volume: audio.volumes.get(id) ?? DEFAULT_VOLUME,
    background: audio.background.has(id),
    heard: heard === id,
    blurred: safety.blurs.has(id),
    ...(tile.rule === undefined ? {} : { rule: tile.rule }),
  };
  return before !== undefined && samePlain(before, view) ? before : view;
}

/** Names are for people; what is called the same is told apart by its id, alike on every replica. */
function byName<T extends SceneView | RuleView>(records: Iterable<T>): readonly T[] {
  return [...records].sort((a, b) => (a.name !== b.name ? (a.name < b.name ? -1 : 1) : a.id < b.id ? -1 : 1));
}

function keep<T>(before: T | undefined, now: T): T {
  return before !== undefined && samePlain(before, now) ? before : now;
}

function keepList<T>(before: readonly T[] | undefined, now: readonly T[]): readonly T[] {
  const isSame =
    before !== undefined &&
    before.length === now.length &&
    before.every((entry, index) => entry === now[index]);
  return isSame ? before : now;
}

function sameParts(before: WallView, now: WallView): boolean {
  return (Object.keys(now) as (keyof WallView)[]).every((part) => before[part] === now[part]);
}
