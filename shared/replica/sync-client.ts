import type { Signal, SignalAnswer } from '../protocol/sync-messages.ts';
import type { SyncState } from '../protocol/sync-state.ts';
import type { Replica } from './replica.ts';
import type { DocumentName } from './replica-store.ts';

/**
 * Keeps a replica in step with its team's server, and says truthfully how far it is. Offline everything goes on; what
 * was edited waits on disk and is sent when the server is back, in one round trip.
 *
 *     const sync = createSyncClient({ replica, server: 'https://wall.example', credentials, openSocket, ...surroundings });
 *     sync.follow('catalogue');
 *     sync.connect();
 *     sync.onState(({ line, unsaved }) => show(line, unsaved));
 *
 * Another store than the replica's own is met only after `answerStore('yes')`.
 */
export type SyncClient = {
  /** Goes on trying until it is told to stop, or the server turns it away for good. */
  readonly connect: () => void;
  readonly disconnect: () => void;
  /** Keeps a document in step from now on. @returns how to stop */
  readonly follow: (document: DocumentName) => () => void;
  readonly state: () => SyncState;
  /** @returns how to stop */
  readonly onState: (listener: (state: SyncState) => void) => () => void;
  /** Answers the question that `state` asks. `no`: the client disconnects, and nothing was sent or merged. */
  readonly answerStore: (answer: 'yes' | 'no') => Promise<void>;

  /** Who else is at a followed document. */
  readonly presence: (document: DocumentName) => Presence;
  /** Asks whoever shows the wall; answers once, with the best of what comes back. Never rejects. */
  readonly signal: (document: DocumentName, signal: Omit<Signal, 'id'>) => Promise<SignalAnswer>;
  /** Hears the signals of a wall that this program shows. @returns how to stop */
  readonly serveSignals: (document: DocumentName, serve: ServeSignal) => () => void;
  /** Lets go of everything. */
  readonly close: () => void;
};

export type ServeSignal = (signal: Signal) => Promise<Omit<SignalAnswer, 'id'>>;

/** What others say of themselves, as plain JSON objects by connection; nothing of it is to be trusted. */
export type Presence = {
  /** Null takes oneself out. */
  readonly setOwn: (state: Readonly<Record<string, unknown>> | null) => void;
  readonly others: () => ReadonlyMap<number, unknown>;
  /** @returns how to stop */
  readonly onChange: (listener: () => void) => () => void;
};

export type SyncClientOptions = Readonly<{
  replica: Replica;
  /** Where the server is: `https://HOST[:PORT]`, or http, ws, wss. */
  server: string;
  /** Asked before each connection, so that each has a fresh pass. Rejecting counts as offline, and it is asked again later. */
  credentials: () => Promise<SyncPass>;
  openSocket: SocketOpener;
  timers: SyncTimers;
  /** In [0, 1); spreads the reconnects of many clients. */
  random?: () => number;
}>;

/** A key or signed token, or a ticket for this one connection. */
export type SyncPass = { readonly token: string } | { readonly ticket: string };

/** How a pass is shown when a WebSocket is opened: `query` goes into the address, anything else is the class's own affair. */
export type SocketOpener = (pass: SyncPass) => {
  readonly webSocket: typeof WebSocket;
  readonly query: Readonly<Record<string, string>>;
};

export type SyncTimers = {
  /** @returns how to call it off */
  readonly after: (ms: number, task: () => void) => () => void;
};
