import { fail } from '#shared/kernel/result.ts';
import type { ControlSnapshot } from '#shared/protocol/ipc-contract.ts';
import { createControlDocuments } from '#shared/replica/control-documents.ts';
import type { ControlBridge } from '../bridge.ts';
import { messages } from './messages.ts';
import type { WebReplica } from './open-web-replica.ts';

/** The bridge of a browser: the other end is a replica in this very page. */
export function createWebBridge({ replica, wall }: WebReplica, version: string): ControlBridge {
  const documents = createControlDocuments(replica, wall);
  const snapshot = (): ControlSnapshot => ({
    ...documents.snapshot(),
    reports: [],
    notices: [],
    versions: { app: version, electron: '' },
  });
  return {
    open: () => Promise.resolve(snapshot()),
    onEvent: documents.onEvent,
    send: documents.handlers['send-command'],
    sendAll: (commands) => documents.handlers['send-commands']([...commands]),
    openWall: documents.handlers['open-wall'],
    readWall: documents.handlers['read-wall'],
    undo: () => documents.handlers.undo(undefined),
    redo: () => documents.handlers.redo(undefined),
    signal: () =>
      Promise.resolve(fail({ reason: 'not-found', message: messages.noScreenHere, retryable: false })),
    dismissNotice: () => Promise.resolve(),
  };
}
