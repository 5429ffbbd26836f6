import type { WallCommand } from './command.ts';
import type { Op } from './op.ts';
import { samePlain, type Plain } from './stored-value.ts';
import { noteTakenOff } from './taken-off.ts';
import { plan, refuse, withTile, type WallContext, type WallPlan } from './wall-plan.ts';
import { DEFAULT_ROTATION, DEFAULT_ZOOM, type TileRecord, type WallState } from './wall-state.ts';

type CommandOf<T extends WallCommand['type']> = Extract<WallCommand, { type: T }>;

/**
 * The tile stays: its place, fit, sound and blur are its own. Zoom and rotation were set for the picture that goes, and
 * start anew.
 */
export function planPutStream(
  state: WallState,
  { tile, stream, rule }: CommandOf<'put-stream'>,
  context: WallContext,
): WallPlan {
  return withTile(state, tile, (one) => {
    if (one.stream === stream) return refuse('unchanged', 'That tile shows that stream already.');
    const ops: Op[] = [setField(one, 'stream', stream)];
    if (!samePlain(one.zoom, DEFAULT_ZOOM)) ops.push(clearField(one, 'zoom'));
    if (one.rotation !== DEFAULT_ROTATION) ops.push(clearField(one, 'rotation'));
    if (rule !== undefined) ops.push(setField(one, 'rule', rule));
    else if (one.rule !== undefined) ops.push(clearField(one, 'rule'));
    return plan(...ops, ...(rule === undefined ? noteTakenOff(state, one, context) : []));
  });
}

export function planPicture(
  state: WallState,
  command: CommandOf<'rotate-tile' | 'set-fit' | 'set-zoom'>,
): WallPlan {
  return withTile(state, command.tile, (tile) => {
    switch (command.type) {
      case 'rotate-tile':
        return planField(tile, 'rotation', command.rotation);
      case 'set-fit':
        return planField(tile, 'fit', command.fit);
      case 'set-zoom':
        return planField(tile, 'zoom', command.zoom);
    }
  });
}

function planField(tile: TileRecord, field: 'rotation' | 'fit' | 'zoom', value: Plain): WallPlan {
  if (samePlain(tile[field], value)) return refuse('unchanged', 'That tile is shown like that already.');
  return plan(setField(tile, field, value));
}

export function setField(tile: TileRecord, field: string, value: Plain): Op {
  return { type: 'set-field', root: 'tiles', id: tile.id, field, value };
}

function clearField(tile: TileRecord, field: string): Op {
  return { type: 'clear-field', root: 'tiles', id: tile.id, field };
}
