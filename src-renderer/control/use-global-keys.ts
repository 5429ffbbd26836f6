import { useEffect } from 'react';
import { useControl, type Control } from '../stores/control-context.tsx';
import { focusAddLink, focusSearch, focusStage } from './focus-places.ts';
import { tileAtIndex } from '../wall-grid/wall-lookup.ts';
import { messages } from './messages.ts';
import { globalAction, type GlobalAction } from './shortcuts.ts';

/** Makes the shortcuts that work everywhere work, for as long as the control room is shown. */
export function useGlobalKeys(): void {
  const control = useControl();
  useEffect(() => {
    const { screen } = control;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Alt') screen.setState({ altHeld: true });
      if (event.isComposing) return;
      const action = globalAction(event, isField(event.target));
      if (action === null) {
        // With the keyboard nowhere, arrows begin on the wall.
        if (event.key.startsWith('Arrow') && document.activeElement === document.body) focusStage();
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      const repeats = action.kind === 'undo' || action.kind === 'redo';
      if (repeats || !event.repeat) perform(action, control);
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

function perform(action: GlobalAction, { actions, mirror, screen }: Control): void {
  switch (action.kind) {
    case 'undo':
      return void actions.undo();
    case 'redo':
      return void actions.redo();
    case 'mute-all':
      return void actions.wall({ type: 'mute-all' });
    case 'blur-all':
      return void actions.wall({ type: 'blur-all', on: true });
    case 'search':
      return focusSearch();
    case 'add-link':
      return focusAddLink();
    case 'stage':
      return focusStage();
    case 'sheet':
      return screen.setState((state) => ({ sheetOpen: !state.sheetOpen }));
    case 'listen-cell':
    case 'blur-cell':
      return performOnCell(action.kind, action.index, { actions, mirror });
  }
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
