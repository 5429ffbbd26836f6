import type { KeyboardEvent } from 'react';
import { useControl, type Control } from '../stores/control-context.tsx';
import { messages } from './messages.ts';
import { openMenuOf } from './open-menu.ts';
import { focusSpot } from './focus-spot.ts';
import { spotOf } from './stage-cursor.ts';
import { stageIntent, type StageIntent } from './stage-keys.ts';
import { codeOfTile } from './wall-lookup.ts';

/** Keys on a tile or an empty cell of the stage. */
export function useStageKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  const control = useControl();
  return (event) => {
    const { wall } = control.mirror.getState();
    const cursor = control.screen.getState().cursor ?? { x: 0, y: 0, tile: null };
    const intent = stageIntent(wall, cursor, spotOf(wall, cursor), event);
    if (intent.kind === 'none') return;
    event.preventDefault();
    perform(intent, control, event.target as HTMLElement);
  };
}

function perform(intent: StageIntent, { actions, mirror, screen }: Control, at: HTMLElement): void {
  const { wall, streams } = mirror.getState();
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
      return openMenuOf(at);
    case 'code': {
      const { cell } = spotOf(wall, screen.getState().cursor ?? { x: 0, y: 0, tile: null });
      return screen.setState({ code: { cell, text: intent.text } });
    }
    case 'reload':
      return void actions.reloadTile(intent.tile);
  }
}
