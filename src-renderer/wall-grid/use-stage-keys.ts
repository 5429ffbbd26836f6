import type { ClipboardEvent, KeyboardEvent } from 'react';
import type { WallView } from '#shared/document/view.ts';
import { useControl, type Control } from '../stores/control-context.tsx';
import { messages } from './messages.ts';
import { openMenuOf } from './open-menu.ts';
import { expectedWall } from './expected-wall.ts';
import { focusSpot } from './focus-spot.ts';
import { spotOf } from './stage-cursor.ts';
import { stageIntent, type StageIntent } from './stage-keys.ts';
import { swapHere } from './swap-here.ts';
import { codeOfTile } from './wall-lookup.ts';

/** Keys on a tile or an empty cell of the stage, and links that are pasted there. */
export function useStageKeys() {
  const control = useControl();
  const here = () => {
    const { cursor: kept, underway } = control.screen.getState();
    const wall = expectedWall(control.mirror.getState().wall, underway);
    const cursor = kept ?? { x: 0, y: 0, tile: null };
    return { wall, cursor, spot: spotOf(wall, cursor) };
  };
  return {
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const { wall, cursor, spot } = here();
      if (control.screen.getState().swapFrom !== null) {
        if (event.key === 'Escape') {
          event.preventDefault();
          return control.screen.setState({ swapFrom: null });
        }
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          return void swapHere(spot.kind === 'tile' ? spot.tile : spot.cell, control);
        }
      }
      const intent = stageIntent(wall, cursor, spot, event);
      if (intent.kind === 'none') return;
      event.preventDefault();
      perform(intent, wall, control, event.currentTarget);
    },
    onPaste: (event: ClipboardEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.target as Node)) return;
      const { spot } = here();
      const tile = spot.kind === 'tile' ? spot.tile.id : null;
      const text = event.clipboardData.getData('text').trim().slice(0, MAX_PASTE);
      if (text !== '') control.screen.setState({ code: { at: { ...spot.cell, tile }, text } });
    },
  };
}

/** More than any link or code; a pasted book is cut, not searched for. */
const MAX_PASTE = 4096;

function perform(
  intent: StageIntent,
  wall: WallView,
  { actions, mirror, screen }: Control,
  stage: HTMLElement,
): void {
  const { streams } = mirror.getState();
  switch (intent.kind) {
    case 'none':
      return;
    case 'go': {
      screen.setState({ cursor: intent.cursor });
      return focusSpot(spotOf(wall, intent.cursor));
    }
    case 'command': {
      const { command } = intent;
      const done =
        command.type === 'remove-tile'
          ? messages.removed(codeOfTile(wall, streams, command.tile))
          : undefined;
      return void actions.wall(command, done);
    }
    case 'drop':
      return void actions.drop(intent.drop);
    case 'in-the-way':
      return actions.say(messages.inTheWay(intent.tiles));
    case 'menu':
      return openMenuOf(stage.querySelector<HTMLElement>(`[data-tile='${intent.tile}']`) ?? stage);
    case 'code':
      return screen.setState({ code: { at: intent.at, text: intent.text } });
    case 'reload':
      return void actions.reloadTile(intent.tile);
  }
}
