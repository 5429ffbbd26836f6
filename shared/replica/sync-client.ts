import type { SignalAnswer, WantedSignal } from '../protocol/sync-messages.ts';
import type { SyncState } from '../protocol/sync-state.ts';
import type { DocumentName } from './replica-store.ts';
import type { Presence } from './sync-presence.ts';
import type { ServeSignal } from './sync-signals.ts';
import { SyncTeam, type SyncClientOptions } from './sync-team.ts';

/**
 * Keeps a replica in step with its team's server, and says truthfully how far it is. Offline everything goes on; what
 * was edited waits on disk and is sent when the server is back, in one round trip.
 *
 *     const sync = createSyncClient({ replica, server: 'https://wall.example', credentials, openSocket, timers });
 *     sync.follow('catalogue');
 *     sync.onState(({ line, unsaved }) => show(line, unsaved));
 *     sync.connect();
 *
 * Another store than the replica's own is met only after `answerStore('yes')`. An empty replica that belongs to nobody's
 * joins without a question: a program that nobody sits at waits for its first `in-step` before it writes.
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

  /** Who else is at a followed document. Throws for another. */
  readonly presence: (document: DocumentName) => Presence;
  /** Asks whoever shows the followed wall; answers once, with the best of what comes back. Never rejects. */
  readonly signal: (document: DocumentName, signal: WantedSignal) => Promise<SignalAnswer>;
  /** Hears the signals of a followed wall that this program shows. @returns how to stop */
  readonly serveSignals: (document: DocumentName, serve: ServeSignal) => () => void;
  /** Lets go of everything. */
  readonly close: () => void;
};

export type { SyncClientOptions };

export function createSyncClient(options: SyncClientOptions): SyncClient {
  const team = new SyncTeam(options);
  return {
    connect: () => team.connect(),
    disconnect: () => team.disconnect(),
    follow: (name) => team.follow(name),
    state: () => team.state(),
    onState: (listener) => team.onState(listener),
    answerStore: async (answer) => team.answerStore(answer),
    presence: (name) => team.document(name).presence,
    signal: async (name, signal) => team.document(name).signals.ask(signal),
    serveSignals: (name, serve) => team.document(name).signals.answerBy(serve),
    close: () => team.close(),
  };
}
