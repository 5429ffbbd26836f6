import type { SceneArrangement } from '../model/arrangement.ts';
import type { StreamId } from '../model/ids.ts';
import type { CellRect } from '../model/tile.ts';
import { sameRect } from './cell-map.ts';

type SceneTile = SceneArrangement['tiles'][number];
type Shown = Readonly<{ id: string; stream: StreamId; place: CellRect | null }>;

/** Which tile takes which place of a scene; `tile` is null where one has to be made. */
export type SceneMatch<T> = Readonly<{
  taken: readonly Readonly<{ entry: SceneTile; tile: T | null }>[];
  /** Tiles that the scene has no place for. */
  left: readonly T[];
}>;

/**
 * Gives every place of a scene a tile that shows its stream already, each tile once: the one that stands exactly there,
 * else the first of `tiles`. So what is blurred, muted or zoomed stays so when the scene changes, and no stream is
 * doubled. `resolve` follows streams that turned out to be one.
 */
export function matchScene<T extends Shown>(
  scene: readonly SceneTile[],
  tiles: readonly T[],
  resolve: (stream: StreamId) => StreamId,
): SceneMatch<T> {
  const free = new Map<StreamId, T[]>();
  for (const tile of tiles) {
    const stream = resolve(tile.stream);
    const same = free.get(stream);
    if (same === undefined) free.set(stream, [tile]);
    else same.push(tile);
  }
  const found = new Map<SceneTile, T>();
  const claim = (entry: SceneTile, choose: (tile: T) => boolean): void => {
    const candidates = found.has(entry) ? [] : (free.get(resolve(entry.stream)) ?? []);
    const index = candidates.findIndex(choose);
    const tile = candidates[index];
    if (tile === undefined) return;
    candidates.splice(index, 1);
    found.set(entry, tile);
  };
  for (const entry of scene) claim(entry, ({ place }) => place !== null && sameRect(place, entry));
  for (const entry of scene) claim(entry, () => true);
  return {
    taken: scene.map((entry) => ({ entry, tile: found.get(entry) ?? null })),
    left: [...free.values()].flat(),
  };
}
