import { useMemo } from 'react';
import type { StreamChanges } from '#shared/document/command.ts';
import type { StreamView } from '#shared/document/view.ts';
import { useControl, type Control } from '../stores/control-context.tsx';
import { copyText } from '../ui/copy-text.ts';
import { streamName } from '../words/stream-words.ts';
import { cursorAt, spotOf } from '../wall-grid/stage-cursor.ts';
import { focusSpot } from '../wall-grid/focus-spot.ts';
import { isPlaced, tileById } from '../wall-grid/wall-lookup.ts';
import { chosenColumns, type Column } from './columns.ts';
import { decidePlacing } from './decide-placing.ts';
import { messages } from './messages.ts';

/** What can be done with a row of the list. */
export type RowActions = {
  /** Puts it on the wall, or goes to it there. */
  readonly place: (stream: StreamView) => void;
  /** In its row where that is wide enough, else in a form. */
  readonly edit: (stream: StreamView) => void;
  readonly change: (stream: StreamView, changes: StreamChanges) => void;
  readonly pin: (stream: StreamView) => void;
  readonly remove: (stream: StreamView) => void;
  readonly copy: (text: string) => void;
};

export function useRowActions(): RowActions {
  const control = useControl();
  return useMemo(() => {
    const { actions } = control;
    const changeStream = async (command: Parameters<typeof actions.catalogue>[0], done?: string) => {
      const outcome = await actions.catalogue(command);
      if (!outcome.ok && outcome.error.reason !== 'unchanged') actions.say(outcome.error.message, 'warning');
      else if (outcome.ok && done !== undefined) actions.say(done, 'info', true);
    };
    return {
      place: (stream) => place(stream, control),
      edit: (stream) => {
        const [column] = editableColumns(control);
        const wide = control.screen.getState().wide && column !== undefined;
        control.screen.setState(
          wide
            ? { editing: { stream: stream.id, column: column.id }, activeStream: stream.id }
            : { over: { kind: 'stream', stream: stream.id } },
        );
      },
      change: (stream, changes) => void changeStream({ type: 'edit-stream', id: stream.id, changes }),
      pin: (stream) =>
        void changeStream({ type: 'edit-stream', id: stream.id, changes: { pinned: !stream.pinned } }),
      remove: (stream) =>
        void changeStream({ type: 'remove-stream', id: stream.id }, messages.removed(stream.code)),
      copy: (text) =>
        void copyText(text).then((copied) =>
          actions.say(copied ? messages.copied : messages.notCopied, copied ? 'info' : 'warning'),
        ),
    };
  }, [control]);
}

/** The columns in which this person can write, in their order. */
export function editableColumns({ preferences }: Pick<Control, 'preferences'>): readonly Column[] {
  return chosenColumns(preferences.getState().liked.columns).filter(({ edit }) => edit !== undefined);
}

function place(stream: StreamView, { actions, mirror, screen }: Control): void {
  const { wall } = mirror.getState();
  const placing = decidePlacing(wall, screen.getState().cursor, stream);
  switch (placing.kind) {
    case 'find': {
      const tile = tileById(wall, placing.tile);
      if (tile === undefined || !isPlaced(tile)) return;
      const cursor = cursorAt(wall, tile.place);
      screen.setState({ cursor });
      return focusSpot(spotOf(wall, cursor));
    }
    case 'unbench':
      return void actions.wall({ type: 'place-tile', tile: placing.tile });
    case 'place':
      return void actions.drop(placing.drop);
    case 'full':
      return actions.say(messages.wallFull);
    case 'layer':
      return actions.say(messages.isLayer(streamName(stream)));
  }
}
