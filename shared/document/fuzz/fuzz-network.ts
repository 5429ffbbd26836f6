import * as Y from 'yjs';
import { FUZZ_DOCUMENTS, type FuzzDocument, type FuzzEdit, type FuzzReplica } from './fuzz-replica.ts';
import type { Random } from './random.ts';

type Message =
  | {
      readonly type: 'update';
      readonly document: FuzzDocument;
      readonly bytes: Uint8Array;
      readonly n: number;
    }
  /** The server has saved the edits up to `n`. What it had applied before is on the line before this. */
  | { readonly type: 'saved'; readonly n: number };

type Line = { isUp: boolean; toServer: Message[]; toClient: Message[] };

/**
 * A server and its clients, joined by lines that break. Lines keep their order towards the server; updates towards a client
 * may come in any order and twice, but never later than the word *saved* that was said after them.
 */
export class FuzzNetwork {
  readonly server: FuzzReplica;
  readonly clients: readonly FuzzReplica[];
  private readonly lines = new Map<FuzzReplica, Line>();
  private readonly random: Random;

  constructor(server: FuzzReplica, clients: readonly FuzzReplica[], random: Random) {
    this.server = server;
    this.clients = clients;
    this.random = random;
    server.send = (edit) => this.spread(edit, undefined);
    for (const client of clients) {
      this.lines.set(client, { isUp: false, toServer: [], toClient: [] });
      client.send = (edit) => {
        const line = this.line(client);
        if (line.isUp) line.toServer.push({ type: 'update', ...edit });
      };
    }
  }

  isUp(client: FuzzReplica): boolean {
    return this.line(client).isUp;
  }

  /** Both sides send what the other lacks. */
  connect(client: FuzzReplica): void {
    const line = this.line(client);
    if (line.isUp) return;
    line.isUp = true;
    for (const document of FUZZ_DOCUMENTS) {
      const [mine, theirs] = [client.docs[document], this.server.docs[document]];
      const lacking = (from: Y.Doc, by: Y.Doc) => Y.encodeStateAsUpdate(from, Y.encodeStateVector(by));
      line.toClient.push({ type: 'update', document, bytes: lacking(theirs, mine), n: 0 });
      line.toServer.push({ type: 'update', document, bytes: lacking(mine, theirs), n: client.editCount });
    }
  }

  /** What is under way is lost. */
  disconnect(client: FuzzReplica): void {
    this.lines.set(client, { isUp: false, toServer: [], toClient: [] });
  }

  /** The server takes the next message of a client, stores it, passes it on and says so. */
  deliverToServer(client: FuzzReplica): boolean {
    const line = this.line(client);
    const message = line.toServer.shift();
    if (message?.type !== 'update') return false;
    for (let times = this.random.chance(0.1) ? 2 : 1; times > 0; times--)
      this.server.merge(message.document, message.bytes);
    this.spread(message, client);
    // A handshake is two messages; only with the second has everything come.
    const isLast = !line.toServer.some((other) => other.type === 'update' && other.n <= message.n);
    if (isLast) line.toClient.push({ type: 'saved', n: message.n });
    return true;
  }

  /** A client takes what has come up to the next *saved*, in some order, some of it twice. */
  deliverToClient(client: FuzzReplica): boolean {
    const line = this.line(client);
    const end = line.toClient.findIndex(({ type }) => type === 'saved');
    const count = end < 0 ? line.toClient.length : end;
    if (line.toClient.length === 0) return false;
    const updates = line.toClient.splice(0, count).filter((message) => message.type === 'update');
    const again = updates.filter(() => this.random.chance(0.1));
    for (const { document, bytes } of this.random.shuffle([...updates, ...again]))
      client.merge(document, bytes);
    if (updates.length > 0 || end === 0) client.tidyUp();
    const saved = end === 0 ? line.toClient.shift() : undefined;
    if (saved?.type === 'saved') client.saved(saved.n);
    return true;
  }

  /** One client gives another all that it has, past the server. */
  carry(from: FuzzReplica, to: FuzzReplica): void {
    for (const document of FUZZ_DOCUMENTS) to.merge(document, Y.encodeStateAsUpdate(from.docs[document]));
    to.tidyUp();
  }

  /** Everybody is there and says all there is to say, until nobody has anything to add. */
  heal(): void {
    for (const client of this.clients) this.disconnect(client);
    for (const client of this.clients) this.connect(client);
    for (let round = 0; round < 100; round++) {
      let isQuiet = true;
      for (const client of this.clients) {
        while (this.deliverToServer(client)) isQuiet = false;
        while (this.deliverToClient(client)) isQuiet = false;
      }
      if (this.server.tidyUp()) isQuiet = false;
      if (isQuiet) return;
    }
    throw new Error('the replicas do not come to rest');
  }

  private spread(edit: FuzzEdit, from: FuzzReplica | undefined): void {
    for (const client of this.clients) {
      const line = this.line(client);
      if (client !== from && line.isUp) line.toClient.push({ type: 'update', ...edit });
    }
  }

  private line(client: FuzzReplica): Line {
    const line = this.lines.get(client);
    if (line === undefined) throw new Error('not a client of this server');
    return line;
  }
}
