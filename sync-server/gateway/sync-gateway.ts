import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Clock } from '#shared/kernel/clock.ts';
import { SYNC_DIALECT } from '#shared/protocol/sync-messages.ts';
import { decideAccess } from '../accounts/access.ts';
import type { Meter } from '../accounts/actor-meters.ts';
import type { Handle } from '../accounts/handle.ts';
import type { SignedIn, SignIn } from '../accounts/sign-in.ts';
import { readDocumentName } from '../documents/document-name.ts';
import type { OpenRooms } from '../documents/open-rooms.ts';
import type { Timers } from '../documents/timers.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import { callerAddress } from './caller-address.ts';
import { closings, type Closing } from './close-codes.ts';
import type { ConnectedClient } from './connected-client.ts';
import type { Admitted, ConnectionLimits, ConnectionWatch, GreetingStore } from './connection-parts.ts';
import type { StrangerGate } from './stranger-gate.ts';
import { SyncConnection } from './sync-connection.ts';

const PATH = '/sync/';

/** Lets clients in at `/sync/<document>`, once they have shown who they are. */
export class SyncGateway {
  private readonly connections = new Set<SyncConnection>();
  private readonly sockets = new Set<Duplex>();
  private readonly server: WebSocketServer;
  private isStopping = false;
  private readonly parts: GatewayParts;

  constructor(parts: GatewayParts) {
    this.parts = parts;
    this.server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      clientTracking: false,
      maxPayload: parts.maxMessageBytes,
    });
  }

  count(): number {
    return this.connections.size;
  }

  /** Who is connected here. */
  list(): readonly ConnectedClient[] {
    return [...this.connections].map((connection) => connection.describe());
  }

  /** Lets a client go that does not come back by itself. @returns whether it was here */
  disconnect(id: string): boolean {
    const connection = [...this.connections].find((one) => one.id === id);
    connection?.close(closings.disconnected);
    return connection !== undefined;
  }

  /**
   * Lets go whoever is here by a handle that another instance knows to be nobody's, or somebody else's, any more. Whether they
   * may come back is for the database to say, once it answers here.
   */
  revoke(handle: Handle): void {
    this.parts.signIn.forget(handle);
    for (const connection of this.connections)
      if (connection.signedIn.handle === handle) connection.close(closings.tryLater);
  }

  /** Answers an HTTP upgrade. */
  async admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', (error) => this.parts.watch.broken(error));
    const url = readUrl(request);
    if (url?.pathname.startsWith(PATH) !== true) return refuseUpgrade(socket, '404 Not Found');
    if (this.isStopping || this.connections.size >= this.parts.maxConnections)
      return refuseUpgrade(socket, '503 Service Unavailable');
    const address = callerAddress(request, this.parts.proxies);
    const outcome = await this.decide(request, url, address);
    if (socket.destroyed) return undefined;
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    this.server.handleUpgrade(request, socket, head, (webSocket) => {
      if ('code' in outcome) {
        this.parts.watch.closed(outcome.reason, { requestId: randomUUID(), address });
        webSocket.on('error', (error) => this.parts.watch.broken(error));
        webSocket.close(outcome.code, outcome.reason);
        return;
      }
      webSocket.pause();
      const onEnd = (): void => void this.connections.delete(connection);
      const connection = new SyncConnection({ ...this.parts, webSocket, socket, onEnd }, outcome);
      this.connections.add(connection);
      this.parts.onAdmitted(outcome);
      void connection.open(this.parts.rooms);
    });
    return undefined;
  }

  /** To be called every few seconds. */
  tick(): void {
    for (const connection of this.connections) connection.tick();
  }

  /** Lets go who may not come in any more and applies changed rights. @throws {LogUnavailable} */
  async checkRights(): Promise<void> {
    // Who comes in while the answer is on its way is not in it.
    const asked = [...this.connections];
    const handles = [...new Set(asked.map(({ signedIn }) => signedIn.handle))];
    if (handles.length === 0) return;
    const rights = await this.parts.signIn.rights(handles);
    for (const connection of asked) {
      const account = rights.get(connection.signedIn.handle);
      if (account === undefined) connection.close(closings.notSignedIn);
      else connection.grant(account);
    }
  }

  /** Nobody comes in any more, and nothing more is read from those who are here. */
  hush(): void {
    this.isStopping = true;
    for (const connection of this.connections) connection.hush();
  }

  /** Says goodbye to everybody; whoever does not answer within `waitMs` is cut off. */
  async closeAll(closing: Closing, waitMs: number): Promise<void> {
    for (const connection of this.connections) connection.close(closing);
    const gone = [...this.sockets].map(
      async (socket) => new Promise<void>((resolve) => socket.once('close', resolve)),
    );
    await Promise.race([
      Promise.all(gone),
      new Promise<void>((resolve) => this.parts.timers.after(waitMs, resolve)),
    ]);
    for (const socket of this.sockets) socket.destroy();
  }

  private async decide(request: IncomingMessage, url: URL, address: string): Promise<Admitted | Closing> {
    const { strangers } = this.parts;
    if (strangers.waitMs(address) > 0) return closings.tooManyAttempts;
    const served = readDocumentName(readName(url));
    if (served === undefined) return closings.noSuchDocument;
    try {
      const signedIn = await this.recognise(request, url);
      if (signedIn === undefined) {
        await strangers.note(address);
        return closings.notSignedIn;
      }
      if (!decideAccess(signedIn.account, served).mayRead) return closings.mayNotRead;
      const agent = (request.headers['user-agent'] ?? '').slice(0, 300);
      const inDialect = url.searchParams.get('dialect') === SYNC_DIALECT;
      return { signedIn, served, inDialect, address, agent };
    } catch (error) {
      if (!(error instanceof LogUnavailable)) this.parts.watch.broken(error);
      return closings.tryLater;
    }
  }

  private async recognise(request: IncomingMessage, url: URL): Promise<SignedIn | undefined> {
    const ticket = url.searchParams.get('ticket');
    const { signIn } = this.parts;
    return ticket === null ? signIn.byToken(readToken(request, url)) : signIn.byTicket(ticket);
  }
}

/** Undefined for what is no path: `//`. */
function readUrl({ url = '' }: IncomingMessage): URL | undefined {
  return URL.parse(url, 'http://server') ?? undefined;
}

function readName(url: URL): string {
  try {
    return decodeURIComponent(url.pathname.slice(PATH.length));
  } catch {
    return '';
  }
}

function readToken({ headers }: IncomingMessage, url: URL): string {
  const [, bearer] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return bearer ?? url.searchParams.get('token') ?? '';
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

type GatewayParts = {
  readonly rooms: OpenRooms;
  readonly signIn: SignIn;
  readonly store: GreetingStore;
  readonly othersAreStale: () => boolean;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: ConnectionLimits;
  readonly meter: Meter;
  /** Keeps out who tries too many tokens. */
  readonly strangers: StrangerGate;
  readonly proxies: number;
  readonly onAdmitted: (admitted: Admitted) => void;
  readonly watch: ConnectionWatch;
  readonly maxMessageBytes: number;
  readonly maxConnections: number;
};
