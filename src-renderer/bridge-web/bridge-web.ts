import { fail } from '#shared/kernel/result.ts';
import type { WallView } from '#shared/document/view.ts';
import type { ControlSnapshot } from '#shared/protocol/ipc-contract.ts';
import { createControlDocuments } from '#shared/replica/control-documents.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { ControlBridge } from '../bridge.ts';
import { messages } from './messages.ts';
import type { WebTeam } from './web-team.ts';

export type WebBridgeParts = {
  readonly replica: Replica;
  readonly wall: WallView;
  /** Undefined in a page that came from no sync server. */
  readonly team: WebTeam | undefined;
  readonly version: string;
  /** Goes to where one signs in again as somebody else. */
  readonly leave: () => Promise<void>;
};

/** The bridge of a browser: the other end is a replica in this very page. */
export function createWebBridge({ replica, wall, team, version, leave }: WebBridgeParts): ControlBridge {
  const documents = createControlDocuments(replica, wall);
  const snapshot = (): ControlSnapshot => ({
    ...documents.snapshot(),
    reports: [],
    ...(team === undefined ? {} : { team: team.state() }),
    notices: [],
    versions: { app: version, electron: '' },
  });
  const refuse = (message: string) =>
    Promise.resolve(fail({ reason: 'not-found', message, retryable: false } as const));
  return {
    open: () => Promise.resolve(snapshot()),
    onEvent: (listener) => {
      const stops = [
        documents.onEvent(listener),
        team?.onChange((state) => listener({ type: 'team', team: state })),
      ];
      return () => {
        for (const stop of stops) stop?.();
      };
    },
    send: documents.handlers['send-command'],
    sendAll: (commands) => documents.handlers['send-commands']([...commands]),
    openWall: documents.handlers['open-wall'],
    readWall: documents.handlers['read-wall'],
    undo: () => documents.handlers.undo(undefined),
    redo: () => documents.handlers.redo(undefined),
    signal: (signal) => team?.signal(signal) ?? refuse(messages.noScreenHere),
    joinTeam: () => refuse(messages.joinByPage),
    leaveTeam: async () => {
      await leave();
      return { ok: true, value: {} };
    },
    connectTeam: (wanted) => {
      if (wanted) team?.sync.connect();
      else team?.sync.disconnect();
      return Promise.resolve();
    },
    answerStore: async (answer) => team?.sync.answerStore(answer),
    dismissRefused: async ({ document, n }) => team?.dismissRefused(document, n),
    dismissNotice: () => Promise.resolve(),
  };
}
