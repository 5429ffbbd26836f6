import type { StreamView } from '#shared/document/view.ts';
import type { TileId } from '#shared/model/ids.ts';
import type { Control } from '../stores/control-context.tsx';
import type { ControlMirror } from '../stores/control-mirror.ts';
import { spotOf } from '../wall-grid/stage-cursor.ts';
import { messages } from './messages.ts';

/** What is listened to alone, on this machine only; the wall itself knows nothing of it. */
export type Solo =
  /** No wall stands on a screen of this machine, as in a browser. */
  { readonly type: 'nowhere' } | { readonly type: 'here'; readonly tile: TileId | null };

const NOWHERE: Solo = { type: 'nowhere' };

export function soloOf({ screens, wall }: Pick<ControlMirror, 'screens' | 'wall'>): Solo {
  const output = screens?.outputs.find((one) => one.wall === wall.id && one.isOpen);
  if (output === undefined) return NOWHERE;
  // A tile that left the wall is not listened to any more.
  const isThere = wall.tiles.some(({ id }) => id === output.solo);
  return { type: 'here', tile: isThere ? output.solo : null };
}

/** Whether this is the tile that is listened to alone; null where that cannot be. */
export function isSolo(mirror: Pick<ControlMirror, 'screens' | 'wall'>, tile: TileId): boolean | null {
  const solo = soloOf(mirror);
  return solo.type === 'nowhere' ? null : solo.tile === tile;
}

/** A browser plays no wall: there, a stream is listened to in a tab of its own. */
export const listensInTabs = ({ screens }: Pick<ControlMirror, 'screens'>): boolean => screens === null;

export function listenInTab({ link }: Pick<StreamView, 'link'>): void {
  window.open(link, '_blank', 'noopener,noreferrer');
}

/** @param tile null: from now on what the wall says is heard here, too */
export function setSolo(tile: TileId | null, { actions, mirror }: Pick<Control, 'actions' | 'mirror'>): void {
  const { wall } = mirror.getState();
  if (soloOf(mirror.getState()).type === 'nowhere') return actions.say(messages.soloNowhere, 'warning');
  void actions.machine('solo-tile', { wall: wall.id, tile });
}

/** Listens to the tile that the keyboard is on alone, or not any more. */
export function toggleSoloHere(control: Control): void {
  const { wall } = control.mirror.getState();
  const { cursor } = control.screen.getState();
  const spot = cursor === null ? null : spotOf(wall, cursor);
  if (listensInTabs(control.mirror.getState())) {
    const stream =
      spot?.kind === 'tile' ? control.mirror.getState().streams.get(spot.tile.stream) : undefined;
    return stream === undefined ? control.actions.say(messages.soloNoTile) : listenInTab(stream);
  }
  const solo = soloOf(control.mirror.getState());
  const under = spot?.kind === 'tile' ? spot.tile.id : null;
  const now = solo.type === 'here' ? solo.tile : null;
  if (under === null && now === null && solo.type === 'here') return control.actions.say(messages.soloNoTile);
  setSolo(under === now ? null : under, control);
}

/** Panic: nothing of this wall is heard, here neither. */
export function muteAll(control: Pick<Control, 'actions' | 'mirror'>): void {
  const solo = soloOf(control.mirror.getState());
  if (solo.type === 'here' && solo.tile !== null) setSolo(null, control);
  void control.actions.wall({ type: 'mute-all' });
}
