import type { StreamerView, StreamView } from '#shared/document/view.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { StreamerId, StreamId } from '#shared/model/ids.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { FromStatusWorker, ToStatusWorker } from '#shared/protocol/status-worker-messages.ts';
import type { StatusCatalogue } from './status-view.ts';

/** A catalogue that somebody else holds and tells of: the desk that started this process. */
export type ToldCatalogue = StatusCatalogue & {
  readonly hear: (message: Exclude<ToStatusWorker, { type: 'check-now' }>) => void;
};

export function createToldCatalogue(tell: (message: FromStatusWorker) => void): ToldCatalogue {
  const streams = new Map<StreamId, StreamView>();
  const streamers = new Map<StreamerId, StreamerView>();
  const listeners = new Set<() => void>();
  const waiting = new Map<number, (answer: Result<unknown, Refusal>) => void>();
  let sent = 0;
  // The desk tells of streams by the ids that they are shown by.
  const view = { streams, streamers, resolve: (id: StreamId) => id };
  return {
    catalogue: () => view,
    onCatalogue(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(command) {
      if (command.document !== 'catalogue') throw new Error('a checker writes to the catalogue alone');
      const n = (sent += 1);
      return new Promise((resolve) => {
        waiting.set(n, resolve);
        tell({ type: 'send', n, command: command.command });
      });
    },
    hear(message) {
      if (message.type === 'done') {
        const { n, refusal } = message;
        waiting.get(n)?.(refusal === undefined ? ok(undefined) : fail(refusal));
        waiting.delete(n);
        return;
      }
      for (const stream of message.streams) streams.set(stream.id, stream as StreamView);
      for (const id of message.goneStreams) streams.delete(id);
      for (const streamer of message.streamers) streamers.set(streamer.id, streamer as StreamerView);
      for (const id of message.goneStreamers) streamers.delete(id);
      for (const listener of listeners) listener();
    },
  };
}
