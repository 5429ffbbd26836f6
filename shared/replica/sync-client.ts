import type { Hello, Signal, SignalAnswer } from '../protocol/sync-messages.ts';
import type { LineState, StoreQuestion, SyncAccount, SyncState } from '../protocol/sync-state.ts';
import type { Replica } from './replica.ts';
import type { DocumentName } from './replica-store.ts';
import { SyncDocument } from './sync-document.ts';
import { holdsNothing } from './sync-lack.ts';
import { meetStore } from './sync-meet-store.ts';
import type { Presence } from './sync-presence.ts';
import type { ServeSignal } from './sync-signals.ts';
import { combineLines } from './sync-combine.ts';
import type { SocketOpener, SyncPass, SyncTimers } from './sync-surroundings.ts';

/**
 * Keeps a replica in step with its team's server, and says truthfully how far it is. Offline everything goes on; what
 * was edited waits on disk and is sent when the server is back, in one round trip.
 *
 *     const sync = createSyncClient({ replica, server: 'https://wall.example', credentials, openSocket, timers });
 *     sync.follow('catalogue');
 *     sync.onState(({ line, unsaved }) => show(line, unsaved));
 *     sync.connect();
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

  /** Who else is at a followed document. Throws for another. */
  readonly presence: (document: DocumentName) => Presence;
  /** Asks whoever shows the followed wall; answers once, with the best of what comes back. Never rejects. */
  readonly signal: (document: DocumentName, signal: Omit<Signal, 'id'>) => Promise<SignalAnswer>;
  /** Hears the signals of a followed wall that this program shows. @returns how to stop */
  readonly serveSignals: (document: DocumentName, serve: ServeSignal) => () => void;
  /** Lets go of everything. */
  readonly close: () => void;
};

export type SyncClientOptions = Readonly<{
  replica: Replica;
  /** Where the server is: `https://HOST[:PORT]`, or http, ws, wss; without a path, or with that of a proxy. Throws if it is none. */
  server: string;
  /** Asked before each connection, so that each has a fresh pass. Rejecting counts as offline, and it is asked again later. */
  credentials: () => Promise<SyncPass>;
  openSocket: SocketOpener;
  timers: SyncTimers;
  /** In [0, 1); spreads the reconnects of many clients. */
  random?: () => number;
}>;

export function createSyncClient(options: SyncClientOptions): SyncClient {
  const { replica, random = Math.random } = options;
  const address = socketAddress(options.server);
  const documents = new Map<DocumentName, SyncDocument>();
  const listeners = new Set<(state: SyncState) => void>();
  let isConnecting = false;
  let question: StoreQuestion | undefined;
  let account: SyncAccount | undefined;
  let told = '';

  const state = (): SyncState => {
    const all = [...documents.values()];
    const open = all.filter((one) => !one.isShut());
    const together = combineLines(open.length > 0 ? open : all);
    // One that is about to begin is on its way, too.
    const line: LineState =
      question !== undefined
        ? { type: 'asking', question }
        : together.type === 'off' && isConnecting
          ? { type: 'connecting' }
          : together;
    return {
      line,
      unsaved: all.reduce((sum, one) => sum + one.unsaved(), 0),
      serverLacks: all.some((one) => one.lacks()),
      account,
    };
  };
  const tell = (): void => {
    const now = state();
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    for (const listener of [...listeners]) listener(now);
  };
  const note = ({ actor, role }: Hello): void => {
    if (account?.actor === actor && account.role === role) return;
    account = { actor, role };
    replica.actAs(actor, role);
    tell();
  };
  const meet = async (hello: Hello): Promise<'go' | 'stop'> => {
    const isEmptyHere = replica.sync.team() === null && (await isReplicaEmpty(replica, documents.keys()));
    const meeting = meetStore(hello, replica.sync.team(), isEmptyHere);
    if (question !== undefined) return 'stop';
    if (meeting.type === 'ask') {
      const { storeId, actor, role } = hello;
      question = { storeId, ownStoreId: replica.sync.team(), kind: meeting.kind, account: { actor, role } };
      for (const document of documents.values()) document.stop('stopped');
      tell();
      return 'stop';
    }
    if (meeting.type === 'join') {
      const joined = await replica.sync.joinTeam(hello.storeId);
      if (!joined.ok) return 'stop';
    }
    note(hello);
    return 'go';
  };
  const startAll = (): void => {
    for (const document of documents.values()) document.start();
  };
  const disconnect = (): void => {
    isConnecting = false;
    question = undefined;
    for (const document of documents.values()) document.stop();
    tell();
  };
  const followed = (name: DocumentName): SyncDocument => {
    const document = documents.get(name);
    if (document === undefined) throw new Error(`${name} is not followed`);
    return document;
  };

  return {
    connect: () => {
      isConnecting = true;
      if (question === undefined) startAll();
    },
    disconnect,
    follow: (name) => {
      const document =
        documents.get(name) ??
        new SyncDocument({ ...options, random, address, name, meet, onRights: note, onChange: tell });
      documents.set(name, document);
      void document.count().then(() => {
        if (isConnecting && question === undefined && documents.get(name) === document) document.start();
      });
      return () => {
        if (documents.get(name) !== document) return;
        documents.delete(name);
        document.close();
        tell();
      };
    },
    state,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    answerStore: async (answer) => {
      if (question === undefined) return;
      const { storeId } = question;
      if (answer === 'no') {
        disconnect();
        return;
      }
      const joined = await replica.sync.joinTeam(storeId);
      if (!joined.ok) return;
      question = undefined;
      if (isConnecting) startAll();
      tell();
    },
    presence: (name) => followed(name).presence,
    signal: async (name, signal) => followed(name).signals.ask(signal),
    serveSignals: (name, serve) => followed(name).signals.answerBy(serve),
    close: () => {
      isConnecting = false;
      for (const document of documents.values()) document.close();
      documents.clear();
      listeners.clear();
    },
  };
}

/** Without the path's last slash. @throws when it is no address of a server */
export function socketAddress(server: string): string {
  const url = new URL(server);
  const { protocol } = url;
  if (protocol === 'https:' || protocol === 'wss:') url.protocol = 'wss:';
  else if (protocol === 'http:' || protocol === 'ws:') url.protocol = 'ws:';
  else throw new Error(`${server} is not the address of a server`);
  url.search = '';
  url.hash = '';
  return url.href.replace(/\/+$/, '');
}

async function isReplicaEmpty(replica: Replica, names: Iterable<DocumentName>): Promise<boolean> {
  for (const name of names) {
    const vector = await replica.sync.stateVector(name);
    if (!vector.ok || !holdsNothing(vector.value)) return false;
  }
  return true;
}
