import { randomUUID } from 'node:crypto';
import type { ActorId } from '#shared/model/ids.ts';
import type { Role } from '#shared/model/role.ts';
import { mayAskFor } from '#shared/protocol/may-signal.ts';
import type { HeldReason, Signal, SignalAnswer } from '#shared/protocol/sync-messages.ts';
import { decideAccess, type Access, type Account } from '../accounts/access.ts';
import type { SignedIn } from '../accounts/sign-in.ts';
import type { DocumentRoom } from '../documents/document-room.ts';
import type { ServedDocument } from '../documents/document-name.ts';
import type { OpenRoom, OpenRooms } from '../documents/open-rooms.ts';
import { keepAlive, tellMessage } from '../documents/room-frames.ts';
import type { EditAnswer, EditRefusal, RoomPeer, SentEdit } from '../documents/room-peer.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import { writeAnswers } from './answer-edits.ts';
import { closingFor, closings, type Closing } from './close-codes.ts';
import type { ConnectedClient } from './connected-client.ts';
import type { Admitted, ConnectionName, ConnectionParts } from './connection-parts.ts';
import { IntakeMeter } from './intake-meter.ts';
import { readSyncMessage } from './read-sync-message.ts';
import { SocketWriter } from './socket-writer.ts';

/**
 * One client: opening ──▶ open ──▶ closed. Whatever it sends costs at most this connection. A plain y-websocket client is
 * let go when an edit of its is refused; one that speaks our dialect is answered.
 */
export class SyncConnection implements RoomPeer {
  readonly id = randomUUID();
  readonly actor: ActorId;
  readonly signedIn: SignedIn;
  readonly served: ServedDocument;
  readonly isNumbered: boolean;
  private readonly origin: Pick<ConnectedClient, 'address' | 'agent' | 'sinceMs'>;
  private showsWall = false;
  private access: Access;
  private role: Role;
  private state: { type: 'opening' } | { type: 'open'; in: OpenRoom } | { type: 'closed' } = {
    type: 'opening',
  };
  private toldStale = false;
  private sentAtMs: number;
  private heardAtMs: number;
  private readonly intake: IntakeMeter;
  private readonly writer: SocketWriter;
  private readonly parts: ConnectionParts;

  constructor(parts: ConnectionParts, { signedIn, served, inDialect, address, agent }: Admitted) {
    this.origin = { address, agent, sinceMs: parts.clock.nowMs() };
    this.parts = parts;
    this.signedIn = signedIn;
    this.actor = signedIn.account.actor;
    this.served = served;
    this.isNumbered = inDialect;
    this.access = decideAccess(signedIn.account, served);
    this.role = signedIn.account.role;
    const nowMs = parts.clock.nowMs();
    this.sentAtMs = nowMs;
    this.heardAtMs = nowMs;
    const { webSocket, socket, limits } = parts;
    this.intake = new IntakeMeter(limits, nowMs);
    this.writer = new SocketWriter(socket, limits.maxBacklogBytes);
    webSocket.on('message', (data: Buffer, isBinary: boolean) => this.take(data, isBinary));
    webSocket.on('pong', () => (this.heardAtMs = this.parts.clock.nowMs()));
    webSocket.on('error', (error) => parts.watch.broken(error));
    webSocket.on('close', () => {
      if (!this.isClosed()) parts.watch.left(this.name());
      this.ended();
    });
    parts.watch.came(this.name());
  }

  /** Enters the room and begins to listen; until then the socket is paused. */
  async open(rooms: OpenRooms): Promise<void> {
    try {
      const entered = await rooms.enter(this.served, this);
      const storeIsEmpty = await this.isStoreEmpty(entered).catch((error: unknown) => {
        rooms.leave(entered, this);
        throw error;
      });
      if (this.isClosed()) {
        rooms.leave(entered, this);
        return;
      }
      this.state = { type: 'open', in: entered };
      if (this.isNumbered) this.greet(entered, storeIsEmpty);
      this.parts.webSocket.resume();
    } catch (error) {
      if (!(error instanceof LogUnavailable)) this.parts.watch.broken(error);
      this.close(closings.tryLater);
    }
  }

  describe(): ConnectedClient {
    const { id, actor, role, origin, showsWall: isWall } = this;
    return {
      id,
      actor,
      role,
      handle: this.signedIn.handle,
      name: this.signedIn.person?.name,
      document: this.served.name,
      isWall,
      ...origin,
    };
  }

  writable(): ReadonlySet<string> {
    return this.access.writable;
  }

  mayCarry(): boolean {
    return this.access.mayCarry;
  }

  /** Rights may have changed while it is connected. */
  grant(account: Omit<Account, 'actor'>): void {
    const access = decideAccess(account, this.served);
    const isNew = account.role !== this.role || !hasSameRights(access, this.access);
    this.access = access;
    this.role = account.role;
    if (!access.mayRead) this.close(closings.mayNotRead);
    else if (isNew && this.isNumbered && this.state.type === 'open') this.greet(this.state.in, false);
  }

  send(frames: readonly Uint8Array[]): void {
    if (this.state.type === 'closed') return;
    const backlogBytes = this.writer.write(frames);
    if (backlogBytes !== undefined) {
      this.parts.watch.cutOff(backlogBytes, this.name());
      this.parts.webSocket.terminate();
      this.ended();
      return;
    }
    this.sentAtMs = this.parts.clock.nowMs();
  }

  taken(bytes: number): void {
    const { webSocket } = this.parts;
    this.intake.wait(-bytes);
    if (webSocket.isPaused && !this.intake.isFull()) webSocket.resume();
  }

  answered(answers: readonly EditAnswer[]): void {
    this.send(writeAnswers(answers).map(tellMessage));
  }

  held(n: number, reason: HeldReason): void {
    this.send([tellMessage({ type: 'held', n, reason })]);
  }

  mayAsk(signal: Signal): boolean {
    return mayAskFor(this.role, signal);
  }

  signalled(signal: Signal): void {
    this.send([tellMessage({ type: 'signal', signal })]);
  }

  signalAnswered(answer: SignalAnswer): void {
    this.send([tellMessage({ type: 'signal-answer', answer })]);
  }

  refused(refusal: EditRefusal): void {
    this.close(closingFor(refusal));
  }

  lost(): void {
    this.close(closings.tryLater);
  }

  /** To be called every few seconds. */
  tick(): void {
    const nowMs = this.parts.clock.nowMs();
    const { webSocket, limits } = this.parts;
    if (nowMs - this.heardAtMs > limits.silentMs) webSocket.terminate();
    if (this.state.type !== 'open') return;
    webSocket.ping();
    if (this.isNumbered && this.parts.othersAreStale() !== this.toldStale) this.greet(this.state.in, false);
    if (nowMs - this.sentAtMs > limits.keepAliveMs) this.send([keepAlive()]);
  }

  close({ code, reason }: Closing): void {
    if (this.state.type === 'closed') return;
    this.parts.watch.closed(reason, this.name());
    this.parts.webSocket.resume();
    this.parts.webSocket.close(code, reason);
    this.ended();
  }

  /** Takes no more from it; what it sent before is still stored. */
  hush(): void {
    if (this.state.type === 'open') this.parts.webSocket.pause();
  }

  private take(data: Buffer, isBinary: boolean): void {
    if (this.state.type !== 'open') return;
    const nowMs = this.parts.clock.nowMs();
    this.heardAtMs = nowMs;
    const isPersonWithin = this.parts.meter.count(this.actor) === 0;
    if (!isPersonWithin || !this.intake.takeMessage(data.length, nowMs)) {
      this.close(closings.tooManyMessages);
      return;
    }
    const problem = isBinary ? this.understand(data, this.state.in) : closings.textFrame;
    if (problem !== undefined) this.close(problem);
  }

  private understand(data: Buffer, { room, presence, signals }: OpenRoom): Closing | undefined {
    const message = readSyncMessage(data, this.isNumbered);
    switch (message?.type) {
      case undefined:
        return closings.malformed;
      case 'question':
      case 'resume':
        if (!this.intake.takeQuestion(this.heardAtMs)) return closings.tooManyMessages;
        room.question(this, message.stateVector);
        return undefined;
      case 'plain-edit':
        if (this.isNumbered) return closings.unnumbered;
        return this.hand(room, { bytes: message.update, n: undefined, carried: false });
      case 'edit':
        return this.hand(room, { bytes: message.update, n: message.n, carried: message.carried });
      case 'presence': {
        const outcome = presence.announce(this, message.bytes);
        if (outcome === 'too-large') return closings.presenceTooLarge;
        return outcome === 'malformed' ? closings.malformed : undefined;
      }
      case 'signal':
        signals.ask(this, message.signal);
        return undefined;
      case 'signal-answer':
        signals.answer(this, message.answer);
        return undefined;
      case 'output':
        this.showsWall = message.shown;
        signals.show(this, message.shown);
        return undefined;
      case 'nothing':
        return undefined;
    }
  }

  private hand(room: DocumentRoom, edit: SentEdit): undefined {
    this.intake.wait(edit.bytes.length);
    if (this.intake.isFull()) this.parts.webSocket.pause();
    room.edit(this, edit);
  }

  /** Whether nothing at all is stored; asked only where this document does not say. */
  private async isStoreEmpty({ room }: OpenRoom): Promise<boolean> {
    return this.isNumbered && room.known() === 0 && (await this.parts.store.isEmpty());
  }

  private greet({ room }: OpenRoom, storeIsEmpty: boolean): void {
    this.toldStale = this.parts.othersAreStale();
    const hello = {
      storeId: this.parts.store.id,
      storeIsEmpty,
      document: this.served.name,
      actor: this.actor,
      role: this.role,
      writable: [...this.access.writable],
      mayCarry: this.access.mayCarry,
      last: room.known(),
      nowMs: this.parts.clock.nowMs(),
      othersAreStale: this.toldStale,
      stateVector: room.stateVector(),
    };
    this.send([tellMessage({ type: 'hello', hello })]);
  }

  private name(): ConnectionName {
    return { requestId: this.id, actor: this.actor, document: this.served.name };
  }

  private isClosed(): boolean {
    return this.state.type === 'closed';
  }

  private ended(): void {
    if (this.state.type === 'closed') return;
    const { state } = this;
    this.state = { type: 'closed' };
    if (state.type === 'open') this.parts.rooms.leave(state.in, this);
    this.parts.onEnd();
  }
}

const hasSameRights = (a: Access, b: Access): boolean =>
  a.mayCarry === b.mayCarry &&
  a.writable.size === b.writable.size &&
  [...a.writable].every((root) => b.writable.has(root));
