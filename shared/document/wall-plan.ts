import { fail, ok, type Result } from '../kernel/result.ts';
import type { SceneId, StreamId, TileId } from '../model/ids.ts';
import type { Refusal } from '../protocol/refusal.ts';
import type { CommandContext, Op } from './op.ts';
import type { SceneView } from './view.ts';
import type { TileRecord, WallState } from './wall-state.ts';

/** What a command on a wall comes to: the steps that do it, or why it is not done. */
export type WallPlan = Result<readonly Op[], Refusal>;

/** What planning on a wall may know besides the wall. */
export type WallContext = CommandContext & {
  /** Follows streams that turned out to be one; the catalogue's view has it. Without it every stream is its own. */
  readonly resolveStream?: (stream: StreamId) => StreamId;
};

export const plan = (...ops: readonly Op[]): WallPlan => ok(ops);

export function refuse(reason: Refusal['reason'], message: string, retryable = false): WallPlan {
  return fail({ reason, message, retryable });
}

/** Plans for a tile that has to be there. */
export function withTile(state: WallState, id: TileId, then: (tile: TileRecord) => WallPlan): WallPlan {
  const tile = state.tiles.get(id);
  return tile === undefined
    ? refuse('not-found', 'That tile is not on this wall any more; somebody removed it.')
    : then(tile);
}

/** Plans for a scene that has to be there. */
export function withScene(state: WallState, id: SceneId, then: (scene: SceneView) => WallPlan): WallPlan {
  const scene = state.scenes.get(id);
  return scene === undefined
    ? refuse('not-found', 'That scene is not there any more; somebody deleted it.')
    : then(scene);
}

/** Whether the tile is on the wall; else it is on the bench. */
export function isPlaced(state: WallState, tile: TileRecord): boolean {
  return state.arrangement.placed.includes(tile);
}
