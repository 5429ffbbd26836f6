import { RuleId, SceneId, StreamId, TileId } from '../../model/ids.ts';
import { MAX_GRID_SIDE, type CellRect, type Grid } from '../../model/tile.ts';
import type { WallCommand } from '../command.ts';
import { arrangementOf, copyWall } from '../copy-wall.ts';
import type { WallView } from '../view.ts';
import type { Random } from './random.ts';

/**
 * A command that somebody might give who sees this wall: mostly about what is there, sometimes about what is not, or is
 * gone, or does not fit. Many desks are to share a small set of `streams`, so that their edits meet. Follows from `random`
 * and the view alone.
 */
export function randomWallCommand(random: Random, view: WallView, streams: readonly StreamId[]): WallCommand {
  const kinds = Object.keys(WEIGHTS) as WallCommand['type'][];
  const total = kinds.reduce((sum, kind) => sum + WEIGHTS[kind], 0);
  let rest = random.next() * total;
  const type = kinds.find((kind) => (rest -= WEIGHTS[kind]) < 0) ?? 'place-tile';
  return writeCommand(type, { random, view, streams });
}

/** How often each is given: most often what moves tiles, for that is where edits collide. */
const WEIGHTS: Readonly<Record<WallCommand['type'], number>> = {
  'place-stream': 14,
  'put-stream': 4,
  'place-tile': 20,
  'swap-tiles': 10,
  'promote-tile': 4,
  'bench-tile': 6,
  'remove-tile': 6,
  'set-grid': 4,
  'set-name': 1,
  'set-colours': 1,
  listen: 4,
  'set-background': 2,
  'set-volume': 2,
  'mute-all': 1,
  blur: 5,
  'blur-all': 1,
  censor: 2,
  'rotate-tile': 1,
  'set-fit': 2,
  'set-zoom': 1,
  'save-scene': 3,
  'apply-scene': 4,
  'rename-scene': 1,
  'delete-scene': 1,
  'put-rule': 1,
  'remove-rule': 1,
  'load-arrangement': 1,
};

type Scene = { readonly random: Random; readonly view: WallView; readonly streams: readonly StreamId[] };

function writeCommand(type: WallCommand['type'], scene: Scene): WallCommand {
  const { random } = scene;
  const tile = someTile(scene);
  switch (type) {
    case 'place-stream': {
      const stream = someStream(scene);
      const fresh = TileId.parse(`t${random.whole(0, 36 ** 6 - 1).toString(36)}`);
      return random.chance(0.8)
        ? { type, tile: fresh, stream, at: someRect(scene) }
        : { type, tile: fresh, stream };
    }
    case 'put-stream':
      return { type, tile, stream: someStream(scene) };
    case 'place-tile':
      return random.chance(0.9) ? { type, tile, at: someRect(scene) } : { type, tile };
    case 'swap-tiles':
      return { type, tile, with: someTile(scene) };
    case 'promote-tile':
    case 'bench-tile':
    case 'remove-tile':
      return { type, tile };
    case 'set-grid':
      return { type, grid: someGrid(random) };
    default:
      return writeOther(type, scene, tile);
  }
}

type Placing =
  | 'place-stream'
  | 'put-stream'
  | 'place-tile'
  | 'swap-tiles'
  | 'promote-tile'
  | 'bench-tile'
  | 'remove-tile'
  | 'set-grid';

function writeOther(type: Exclude<WallCommand['type'], Placing>, scene: Scene, tile: TileId): WallCommand {
  const { random } = scene;
  switch (type) {
    case 'listen':
      return { type, tile: random.chance(0.85) ? tile : null };
    case 'set-background':
    case 'blur':
      return { type, tile, on: random.chance(0.6) };
    case 'blur-all':
    case 'censor':
      return { type, on: random.chance(0.6) };
    case 'set-volume':
      return { type, tile, volume: random.whole(0, 4) / 4 };
    case 'mute-all':
      return { type };
    case 'rotate-tile':
      return { type, tile, rotation: random.pick([0, 90, 180, 270] as const) };
    case 'set-fit':
      return { type, tile, fit: random.chance(0.5) ? 'cover' : 'contain' };
    case 'set-zoom':
      return { type, tile, zoom: { factor: 1 + random.whole(0, 3), panX: random.whole(0, 2) - 1, panY: 0 } };
    case 'set-name':
      return { type, name: `Wall ${random.whole(0, 2)}` };
    case 'set-colours':
      return { type, colours: { background: random.chance(0.5) ? '#000' : '#00ff00', heard: '#ffb938' } };
    default:
      return writeSaved(type, scene);
  }
}

function writeSaved(
  type:
    | 'save-scene'
    | 'apply-scene'
    | 'rename-scene'
    | 'delete-scene'
    | 'put-rule'
    | 'remove-rule'
    | 'load-arrangement',
  { random, view }: Scene,
): WallCommand {
  const name = `Name ${random.whole(0, 4)}`;
  const scene = SceneId.parse(`s${random.whole(0, 3)}`);
  const rule = RuleId.parse(`r${random.whole(0, 2)}`);
  switch (type) {
    case 'save-scene':
    case 'rename-scene':
      return { type, scene, name };
    case 'apply-scene':
    case 'delete-scene':
      return { type, scene: maybePick(random, view.scenes)?.id ?? scene };
    case 'put-rule':
      return {
        type,
        rule,
        name,
        enabled: random.chance(0.5),
        match: random.chance(0.5) ? { tag: name } : {},
      };
    case 'remove-rule':
      return { type, rule: maybePick(random, view.rules)?.id ?? rule };
    case 'load-arrangement':
      return { type, arrangement: random.chance(0.5) ? copyWall(view, name) : arrangementOf(view) };
  }
}

/** Mostly a tile that is seen; now and then one that is not there. */
function someTile({ random, view }: Scene): TileId {
  const found = random.chance(0.97)
    ? maybePick(random, [...view.tiles, ...view.tiles, ...view.bench])
    : undefined;
  return found?.id ?? TileId.parse(`gone${random.whole(0, 2)}`);
}

function someStream({ random, streams }: Scene): StreamId {
  return maybePick(random, streams) ?? StreamId.parse(`made-up-${random.whole(0, 8)}`);
}

/** Mostly one cell on the grid, sometimes bigger, now and then beyond its edge. */
function someRect({ random, view }: Scene): CellRect {
  const side = (): number => (random.chance(0.7) ? 1 : 1 + random.whole(0, 2));
  const { cols, rows } = view.grid;
  if (random.chance(0.03))
    return { x: random.whole(0, MAX_GRID_SIDE - 1), y: random.whole(0, MAX_GRID_SIDE - 1), w: 1, h: 1 };
  const [w, h] = [Math.min(side(), cols), Math.min(side(), rows)];
  return { x: random.whole(0, cols - w), y: random.whole(0, rows - h), w, h };
}

/** Small ones, so that tiles collide; now and then the biggest. */
function someGrid(random: Random): Grid {
  const side = (): number => (random.chance(0.05) ? MAX_GRID_SIDE : 1 + random.whole(0, 4));
  return { cols: side(), rows: side() };
}

function maybePick<T>(random: Random, options: readonly T[]): T | undefined {
  return options.length === 0 ? undefined : random.pick(options);
}
