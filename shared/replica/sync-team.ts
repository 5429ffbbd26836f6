import { createListeners } from '../kernel/listeners.ts';
import type { Hello } from '../protocol/sync-messages.ts';
import type { LineState, StoreQuestion, SyncAccount, SyncState } from '../protocol/sync-state.ts';
import type { Replica } from './replica.ts';
import type { DocumentName } from './replica-store.ts';
import { combineLines } from './sync-combine.ts';
import { SyncDocument } from './sync-document.ts';
import { holdsNothing } from './sync-lack.ts';
import { meetStore } from './sync-meet-store.ts';
import type { SocketOpener, SyncPass, SyncTimers } from './sync-surroundings.ts';

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

/** All documents of a replica together: one store, one account, one question, one truth. */
export class SyncTeam {
  private readonly documents = new Map<DocumentName, SyncDocument>();
  private readonly listeners = createListeners<SyncState>();
  private isConnecting = false;
  private question: StoreQuestion | undefined;
  private account: SyncAccount | undefined;
  private othersAreStale = false;
  private told = '';
  private readonly address: string;
  private readonly options: SyncClientOptions;

  constructor(options: SyncClientOptions) {
    this.options = options;
    this.address = socketAddress(options.server);
  }

  connect(): void {
    this.isConnecting = true;
    this.startAll();
  }

  disconnect(): void {
    this.isConnecting = false;
    this.question = undefined;
    for (const document of this.documents.values()) document.stop();
    this.tell();
  }

  follow(name: DocumentName): () => void {
    const document = this.documents.get(name) ?? this.open(name);
    return () => {
      if (this.documents.get(name) !== document) return;
      this.documents.delete(name);
      document.close();
      this.tell();
    };
  }

  document(name: DocumentName): SyncDocument {
    const document = this.documents.get(name);
    if (document === undefined) throw new Error(`${name} is not followed`);
    return document;
  }

  state(): SyncState {
    const all = [...this.documents.values()];
    return {
      line: this.line(all),
      unsaved: all.reduce((sum, one) => sum + one.unsaved(), 0),
      serverLacks: all.some((one) => one.lacks()),
      othersAreStale: this.othersAreStale,
      account: this.account,
    };
  }

  onState(listener: (state: SyncState) => void): () => void {
    return this.listeners.add(listener);
  }

  async answerStore(answer: 'yes' | 'no'): Promise<void> {
    if (this.question === undefined) return;
    if (answer === 'no') {
      this.disconnect();
      return;
    }
    const joined = await this.options.replica.sync.joinTeam(this.question.storeId);
    if (!joined.ok) return;
    this.question = undefined;
    if (this.isConnecting) this.startAll();
    this.tell();
  }

  close(): void {
    this.isConnecting = false;
    for (const document of this.documents.values()) document.close();
    this.documents.clear();
    this.listeners.clear();
  }

  private open(name: DocumentName): SyncDocument {
    const { options, address } = this;
    const document = new SyncDocument({
      ...options,
      ...{ random: options.random ?? Math.random, address, name },
      meet: async (hello) => this.meet(hello),
      onRights: (hello) => this.note(hello),
      onChange: () => this.tell(),
    });
    this.documents.set(name, document);
    void document.count().then(() => {
      if (this.mayStart() && this.documents.get(name) === document) document.start();
    });
    return document;
  }

  private mayStart(): boolean {
    return this.isConnecting && this.question === undefined;
  }

  private startAll(): void {
    if (this.mayStart()) for (const document of this.documents.values()) document.start();
  }

  private line(all: readonly SyncDocument[]): LineState {
    if (this.question !== undefined) return { type: 'asking', question: this.question };
    // What the server shows to others only is no trouble of this program's, unless there is nothing else.
    const open = all.filter((one) => !one.isShut());
    const together = combineLines((open.length > 0 ? open : all).map((one) => one.state()));
    // One that is about to begin is on its way, too.
    return together.type === 'off' && this.isConnecting ? { type: 'connecting' } : together;
  }

  private async meet(hello: Hello): Promise<'go' | 'stop'> {
    const { replica } = this.options;
    const isEmptyHere =
      replica.sync.team() === null && (await isReplicaEmpty(replica, this.documents.keys()));
    const own = replica.sync.team();
    const meeting = meetStore(hello, own, isEmptyHere);
    if (this.question !== undefined) return 'stop';
    if (meeting.type === 'ask') {
      const { storeId, actor, role } = hello;
      this.question = { storeId, ownStoreId: own, kind: meeting.kind, account: { actor, role } };
      for (const document of this.documents.values()) document.stop('stopped');
      this.tell();
      return 'stop';
    }
    if (meeting.type === 'join' && !(await replica.sync.joinTeam(hello.storeId)).ok) return 'stop';
    this.note(hello);
    return 'go';
  }

  private note({ actor, role, othersAreStale }: Hello): void {
    this.othersAreStale = othersAreStale;
    if (this.account?.actor !== actor || this.account.role !== role) {
      this.account = { actor, role };
      this.options.replica.actAs(actor, role);
    }
    this.tell();
  }

  private tell(): void {
    const now = this.state();
    const text = JSON.stringify(now);
    if (text === this.told) return;
    this.told = text;
    this.listeners.tell(now);
  }
}

/** Without the path's last slash. @throws when it is no address of a server */
function socketAddress(server: string): string {
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
