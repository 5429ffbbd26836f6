import { assertNever } from '../kernel/assert-never.ts';
import type { WallCommand } from './command.ts';
import type { Op } from './op.ts';
import { planLoadArrangement } from './plan-load-arrangement.ts';
import { planPicture, planPutStream } from './plan-wall-picture.ts';
import {
  planBenchTile,
  planPlaceStream,
  planPlaceTile,
  planPromoteTile,
  planRemoveTile,
  planSetGrid,
  planSwapTiles,
} from './plan-wall-places.ts';
import { planPutRule, planRemoveRule } from './plan-wall-rules.ts';
import { planBlur, planBlurAll, planCensor } from './plan-wall-safety.ts';
import { planApplyScene, planDeleteScene, planRenameScene, planSaveScene } from './plan-wall-scenes.ts';
import { planSettings } from './plan-wall-settings.ts';
import { planListen, planMuteAll, planSetBackground, planSetVolume } from './plan-wall-sound.ts';
import { planSettleWall } from './settle-wall.ts';
import type { WallContext, WallPlan } from './wall-plan.ts';
import type { WallState } from './wall-state.ts';

/**
 * What a command comes to on a wall as it is seen: the steps, or a refusal in words. Touches nothing; only asks the clock
 * of the context for stamps. Commands are checked against their schema before they get here.
 */
export function planWall(state: WallState, command: WallCommand, context: WallContext): WallPlan {
  const planned = planCommand(state, command, context);
  return planned.ok && freesCells(planned.value)
    ? { ok: true, value: [...settleOthers(state, planned.value), ...planned.value] }
    : planned;
}

function planCommand(state: WallState, command: WallCommand, context: WallContext): WallPlan {
  switch (command.type) {
    case 'place-stream':
      return planPlaceStream(state, command, context);
    case 'place-tile':
      return planPlaceTile(state, command, context);
    case 'swap-tiles':
      return planSwapTiles(state, command, context);
    case 'promote-tile':
      return planPromoteTile(state, command, context);
    case 'bench-tile':
      return planBenchTile(state, command);
    case 'remove-tile':
      return planRemoveTile(state, command, context);
    case 'set-grid':
      return planSetGrid(state, command, context);
    case 'put-stream':
      return planPutStream(state, command, context);
    case 'rotate-tile':
    case 'set-fit':
    case 'set-zoom':
      return planPicture(state, command);
    case 'set-name':
    case 'set-colours':
      return planSettings(state, command, context);
    case 'listen':
      return planListen(state, command, context);
    case 'set-background':
      return planSetBackground(state, command, context);
    case 'set-volume':
      return planSetVolume(state, command, context);
    case 'mute-all':
      return planMuteAll(state, context);
    case 'blur':
      return planBlur(state, command, context);
    case 'blur-all':
      return planBlurAll(state, command, context);
    case 'censor':
      return planCensor(state, command, context);
    case 'save-scene':
      return planSaveScene(state, command);
    case 'apply-scene':
      return planApplyScene(state, command, context);
    case 'rename-scene':
      return planRenameScene(state, command);
    case 'delete-scene':
      return planDeleteScene(state, command);
    case 'put-rule':
      return planPutRule(state, command, context);
    case 'remove-rule':
      return planRemoveRule(state, command);
    case 'load-arrangement':
      return planLoadArrangement(state, command.arrangement, context);
    default:
      return assertNever(command);
  }
}

/** A step that takes a tile from its cells, or gives the wall more of them. */
function freesCells(ops: readonly Op[]): boolean {
  return ops.some(
    (op) =>
      (op.type === 'set-field' && op.field === 'place') ||
      (op.type === 'set-field' && op.field.startsWith('b:')) ||
      (op.type === 'remove-record' && op.root === 'tiles') ||
      (op.type === 'set-key' && op.key === 'grid'),
  );
}

/**
 * Who has lost their cells without anybody having said so yet is benched in the same breath, before those cells come free.
 * Not the tiles that the command itself speaks of.
 */
function settleOthers(state: WallState, ops: readonly Op[]): readonly Op[] {
  const spokenOf = new Set(ops.flatMap((op) => ('id' in op ? [op.id] : [])));
  return planSettleWall(state).filter((op) => !('id' in op && spokenOf.has(op.id)));
}
