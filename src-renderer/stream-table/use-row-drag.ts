import { useControl } from '../stores/control-context.tsx';
import { useWallDrag } from '../wall-grid/use-wall-drag.ts';
import { streamName } from '../words/stream-words.ts';
import { isLayer } from './decide-placing.ts';
import { messages } from './messages.ts';
import { streamOfRow } from './row-ids.ts';

/** Makes the rows of the list things to drag onto the wall: one listener for all of them. */
export function useRowDrag() {
  const { actions, mirror } = useControl();
  return useWallDrag(
    (_cell, target) => {
      const id = streamOfRow(target);
      const stream = id === null ? undefined : mirror.getState().streams.get(id);
      if (stream === undefined) return null;
      if (!isLayer(stream)) return { kind: 'stream', stream: stream.id };
      actions.say(messages.isLayer(streamName(stream)));
      return null;
    },
    { inScroller: true },
  );
}
