import type { Control } from '../stores/control-context.tsx';
import { muteAll, toggleSoloHere } from '../audio-mixer/solo.ts';
import { exportStreams } from '../stream-table/export-streams.ts';
import { delayLines } from '../truth-bar/delay-lines.ts';
import { duplicateWall, newWall } from '../walls/wall-actions.ts';
import { spotOf } from '../wall-grid/stage-cursor.ts';
import { codeOfTile } from '../wall-grid/wall-lookup.ts';
import { focusAddLink, focusSceneName, focusSearch, focusStage } from './focus-places.ts';
import { messages } from './messages.ts';
import type { RoomActionId } from './room-actions.ts';

const THEMES = ['dark', 'light', 'contrast'] as const;

/** Does what an action says, wherever it was chosen: by key, in the palette, on a button. */
export function performRoomAction(id: RoomActionId, control: Control): void {
  const { actions, mirror, screen, preferences } = control;
  switch (id) {
    case 'undo':
      return void actions.undo();
    case 'redo':
      return void actions.redo();
    case 'mute-all':
      return muteAll(control);
    case 'solo':
      return toggleSoloHere(control);
    case 'blur-all':
      return void actions.wall({ type: 'blur-all', on: true });
    case 'unblur-all':
      return void actions.wall({ type: 'blur-all', on: false });
    case 'censor':
      return void actions.wall({ type: 'censor', on: true });
    case 'uncensor':
      return void actions.wall({ type: 'censor', on: false });
    case 'cover-broadcast':
      return coverBroadcast(true, control);
    case 'uncover-broadcast':
      return coverBroadcast(false, control);
    case 'swap':
      return armSwap(control);
    case 'stage':
      return focusStage();
    case 'export-csv':
      return exportStreams('csv', mirror.getState());
    case 'export-json':
      return exportStreams('json', mirror.getState());
    case 'new-wall':
      return void newWall(control);
    case 'duplicate-wall':
      return void duplicateWall(mirror.getState().wall.id, control);
    case 'rename-wall':
      return screen.setState({ renaming: true });
    case 'theme': {
      const at = THEMES.indexOf(preferences.getState().liked.theme);
      return preferences.change({ theme: THEMES[(at + 1) % THEMES.length] ?? 'dark' });
    }
    default:
      return show(id, control);
  }
}

type Showing = Extract<
  RoomActionId,
  | 'palette'
  | 'sheet'
  | 'settings'
  | 'broadcast'
  | 'search'
  | 'add-link'
  | 'paste-links'
  | 'import'
  | 'archive'
  | 'show-streams'
  | 'show-scenes'
  | 'show-history'
  | 'save-scene'
  | 'wide-list'
>;

/** What only changes this screen. */
function show(id: Showing, { mirror, screen }: Control): void {
  const over = screen.getState().over;
  switch (id) {
    case 'palette':
    case 'sheet':
      return screen.setState({ over: over?.kind === id ? null : { kind: id } });
    case 'settings':
      return screen.setState({ over: over?.kind === id ? null : { kind: id, page: 'machine' } });
    case 'broadcast': {
      const known = delayLines(mirror.getState()).find(({ heard }) => heard.type === 'known');
      return known === undefined
        ? screen.setState({ over: { kind: 'settings', page: 'delay' } })
        : screen.setState({ over: { kind: 'delay', at: known.at } });
    }
    case 'paste-links':
      return screen.setState({ over: { kind: 'links', text: '' } });
    case 'import':
      return screen.setState({ over: { kind: 'import' } });
    case 'archive':
      return screen.setState({ over: { kind: 'archive', text: '' } });
    case 'search':
      screen.setState({ panel: 'streams' });
      return afterDrawing(focusSearch);
    case 'add-link':
      screen.setState({ panel: 'streams' });
      return afterDrawing(focusAddLink);
    case 'show-streams':
      return screen.setState({ panel: 'streams' });
    case 'show-scenes':
      return screen.setState({ panel: 'scenes', wide: false });
    case 'show-history':
      return screen.setState({ panel: 'history', wide: false });
    case 'save-scene':
      screen.setState({ panel: 'scenes', wide: false });
      return afterDrawing(focusSceneName);
    case 'wide-list':
      return screen.setState(({ wide }) => ({ wide: !wide, panel: 'streams' }));
  }
}

/**
 * What is about to be drawn gets the focus as soon as it is there, which is before the next key: React draws at the end of a
 * key's handler. What it puts off is waited for.
 * @param focus says whether it is there
 */
function afterDrawing(focus: () => boolean): void {
  queueMicrotask(() => {
    if (!focus()) requestAnimationFrame(() => void focus());
  });
}

/** All that this wall is broadcast by; where that is nothing, this machine says so. */
function coverBroadcast(on: boolean, { actions, mirror }: Control): void {
  const lines = delayLines(mirror.getState()).map(({ at }) => at);
  for (const at of lines.length === 0 ? (['here'] as const) : lines)
    void actions.delay(at, { type: 'censor', on });
}

function armSwap({ actions, mirror, screen }: Control): void {
  const { wall, streams } = mirror.getState();
  const { cursor, swapFrom } = screen.getState();
  if (swapFrom !== null) return screen.setState({ swapFrom: null });
  const spot = cursor === null ? null : spotOf(wall, cursor);
  if (spot?.kind !== 'tile') return actions.say(messages.noTileToSwap);
  screen.setState({ swapFrom: spot.tile.id });
  actions.say(messages.swapWith(codeOfTile(wall, streams, spot.tile.id)));
  focusStage();
}
