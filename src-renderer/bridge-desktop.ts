import type {
  ControlAnswer,
  ControlArgument,
  ControlEvent,
  ControlRequest,
} from '#shared/protocol/ipc-contract.ts';
import type { ControlBridge } from './bridge.ts';

/** What the preload script puts on the control window: the renderer's half of `ipc-contract`. */
export type StreamwallApi = {
  readonly request: <R extends ControlRequest>(
    name: R,
    argument: ControlArgument<R>,
  ) => Promise<ControlAnswer[R]>;
  /** Where a file lies that a person chose. */
  readonly pathOf: (file: File) => string;
  readonly onEvent: (listener: (event: ControlEvent) => void) => () => void;
};

declare global {
  interface Window {
    /** Absent where the page was opened in something that is not Streamwall's own window. */
    readonly streamwall?: StreamwallApi;
  }
}

/** The bridge of a desk: every call is one request to the main process of the same program. */
export function createDesktopBridge(api: StreamwallApi): ControlBridge {
  return {
    open: () => api.request('open-control', undefined),
    onEvent: (listener) => api.onEvent(listener),
    send: (command) => api.request('send-command', command),
    sendAll: (commands) => api.request('send-commands', [...commands]),
    openWall: (wall) => api.request('open-wall', wall),
    readWall: (wall) => api.request('read-wall', wall),
    signal: (signal) => api.request('send-signal', signal),
    undo: () => api.request('undo', undefined),
    redo: () => api.request('redo', undefined),
    joinTeam: (wanted) => api.request('join-team', wanted),
    leaveTeam: () => api.request('leave-team', undefined),
    connectTeam: (wanted) => api.request('connect-team', wanted),
    answerStore: (answer) => api.request('answer-store-question', answer),
    redoRefused: (which) => api.request('redo-refused', which),
    dismissRefused: (which) => api.request('dismiss-refused', which),
    pathOf: (file) => api.pathOf(file),
    machine: (name, argument) => api.request(name, argument),
    checkNow: (streams) => api.request('check-now', [...streams]),
    dismissNotice: (id) => api.request('dismiss-notice', id),
    readHistory: (wanted) => api.request('read-history', wanted),
    readMoment: (wanted) => api.request('read-moment', wanted),
    readArchive: (wanted) => api.request('read-archive', wanted),
    // The next touch says it again; a line that broke is told by what is sent over it in earnest.
    touch: (touch) => void api.request('touch', touch).catch(() => undefined),
  };
}
