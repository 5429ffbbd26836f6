import { useEffect } from 'react';
import { useControl, type Control } from '../stores/control-context.tsx';
import { focusStage } from './focus-places.ts';
import { tileAtIndex } from '../wall-grid/wall-lookup.ts';
import { messages } from './messages.ts';
import { performRoomAction } from './perform-room-action.ts';
import { roomActions } from './room-actions.ts';
import { globalAction, type GlobalAction } from './shortcuts.ts';

/** Makes the shortcuts that work everywhere work, for as long as the control room is shown. */
export function useGlobalKeys(): void {
  const control = useControl();
  useEffect(() => {
    const { screen, preferences } = control;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Alt') screen.setState({ altHeld: true });
      if (event.isComposing || takesAnyKey(event.target)) return;
      const { hotkeys } = preferences.getState().liked;
      const action = globalAction(event, isField(event.target), hotkeys);
      if (action === null) {
        // With the keyboard nowhere, arrows begin on the wall.
        if (event.key.startsWith('Arrow') && document.activeElement === document.body) focusStage();
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat && !mayRepeat(action)) return;
      if (action.kind === 'room') performRoomAction(action.id, control);
      else performOnCell(action.kind, action.index, control);
    };
    const releaseAlt = () => screen.setState({ altHeld: false });
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key === 'Alt') releaseAlt();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    window.addEventListener('keyup', onKeyUp, { capture: true });
    window.addEventListener('blur', releaseAlt);
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      window.removeEventListener('keyup', onKeyUp, { capture: true });
      window.removeEventListener('blur', releaseAlt);
    };
  }, [control]);
}

function mayRepeat(action: GlobalAction): boolean {
  return action.kind === 'room' && roomActions.some(({ id, repeats }) => repeats && id === action.id);
}

/** The original's hotkeys: an empty cell to listen to is silence. */
function performOnCell(
  kind: 'listen-cell' | 'blur-cell',
  index: number,
  { actions, mirror }: Pick<Control, 'actions' | 'mirror'>,
): void {
  const { wall } = mirror.getState();
  if (index >= wall.grid.cols * wall.grid.rows) return actions.say(messages.noCell(index + 1));
  const tile = tileAtIndex(wall, index);
  if (kind === 'listen-cell') {
    void actions.wall({ type: 'listen', tile: tile === undefined || tile.heard ? null : tile.id });
    if (tile === undefined) actions.say(messages.emptyCell(index + 1));
  } else if (tile === undefined) actions.say(messages.emptyCellBlur(index + 1));
  else void actions.wall({ type: 'blur', tile: tile.id, on: !tile.blurred });
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** Where keys are being chosen, every one of them is meant for that. */
function takesAnyKey(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.dataset['capture'] !== undefined;
}
