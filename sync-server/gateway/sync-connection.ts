import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '#shared/kernel/clock.ts';
import type { ActorId } from '#shared/model/ids.ts';
import type { Access } from '../accounts/access.ts';
import type { SignedIn } from '../accounts/sign-in.ts';
import type { ServedDocument } from '../documents/document-name.ts';
import type { OpenRoom, OpenRooms } from '../documents/open-rooms.ts';
import { keepAlive } from '../documents/room-frames.ts';
import type { EditRefusal, EditTag, RoomPeer } from '../documents/room-peer.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import { closingFor, closings, type Closing } from './close-codes.ts';
import { RateMeter, type Rate } from './rate-meter.ts';
import { readSyncMessage } from './read-sync-message.ts';

/**
 * One y-websocket client: opening ──▶ open ──▶ closed. Whatever it sends costs at most this connection.
 */
export class SyncConnection implements RoomPeer {
  readonly actor: ActorId;
  readonly signedIn: SignedIn;
  readonly served: ServedDocument;
  private access: Access;
  private state: { type: 'opening' } | { type: 'open'; in: OpenRoom } | { type: 'closed' } = {
    type: 'opening',
  };
  private unanswered = 0;
  /** The largest write that is still on its way, on top of which a backlog counts. */
  private underWay = 0;
  private sentAtMs: number;
  private heardAtMs: number;
  private readonly messages: RateMeter;
  private readonly bytes: RateMeter;
  private readonly questions: RateMeter;
  private readonly parts: ConnectionParts;

  constructor(parts: ConnectionParts, signedIn: SignedIn, served: ServedDocument, access: Access) {
    this.parts = parts;
    this.signedIn = signedIn;
    this.actor = signedIn.account.actor;
    this.served = served;
    this.access = access;
    const nowMs = parts.clock.nowMs();
    this.sentAtMs = nowMs;
    this.heardAtMs = nowMs;
    this.messages = new RateMeter(parts.limits.messages, nowMs);
    this.bytes = new RateMeter(parts.limits.bytes, nowMs);
    this.questions = new RateMeter(parts.limits.questions, nowMs);
    const { webSocket, socket } = parts;
    webSocket.on('message', (data: Buffer, isBinary: boolean) => this.take(data, isBinary));
    webSocket.on('pong', () => (this.heardAtMs = this.parts.clock.nowMs()));
    webSocket.on('error', (error) => parts.watch.broken(error));
    webSocket.on('close', () => this.ended());
    socket.on('drain', () => (this.underWay = 0));
  }

  /** Enters the room and begins to listen; until then the socket is paused. */
  async open(rooms: OpenRooms): Promise<void> {
    try {
      const room = await rooms.enter(this.served, this);
      if (this.state.type === 'closed') rooms.leave(room, this);
      else {
        this.state = { type: 'open', in: room };
        this.parts.webSocket.resume();
      }
    } catch (error) {
      if (!(error instanceof LogUnavailable)) this.parts.watch.broken(error);
      this.close(closings.tryLater);
    }
  }

  writable(): ReadonlySet<string> {
    return this.access.writable;
  }

  mayCarry(): boolean {
    return this.access.mayCarry;
  }

  /** Rights changed while it is connected. */
  grant(access: Access): void {
    this.access = access;
    if (!access.mayRead) this.close(closings.mayNotRead);
  }

  send(frames: readonly Uint8Array[]): void {
    if (this.state.type === 'closed') return;
    const { socket, limits, watch } = this.parts;
    if (socket.writableLength > limits.maxBacklogBytes + this.underWay) {
      watch.cutOff(socket.writableLength);
      this.parts.webSocket.terminate();
      this.ended();
      return;
    }
    socket.cork();
    let length = 0;
    for (const frame of frames) {
      socket.write(frame);
      length += frame.length;
    }
    socket.uncork();
    this.underWay = Math.max(this.underWay, length);
    this.sentAtMs = this.parts.clock.nowMs();
  }

  taken(bytes: number): void {
    const { webSocket, limits } = this.parts;
    this.unanswered -= bytes;
    if (webSocket.isPaused && this.unanswered <= limits.maxUnansweredBytes) webSocket.resume();
  }

  /** A plain client cannot be told. */
  saved(_edit: EditTag): void {
    return;
  }

  refused(_edit: EditTag, refusal: EditRefusal): void {
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
    if (nowMs - this.sentAtMs > limits.keepAliveMs) this.send([keepAlive()]);
  }

  close({ code, reason }: Closing): void {
    if (this.state.type === 'closed') return;
    this.parts.watch.closed(reason);
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
    if (!this.messages.take(1, nowMs) || !this.bytes.take(data.length, nowMs)) {
      this.close(closings.tooManyMessages);
      return;
    }
    const problem = isBinary ? this.understand(data, this.state.in) : closings.textFrame;
    if (problem !== undefined) this.close(problem);
  }

  private understand(data: Buffer, { room, presence }: OpenRoom): Closing | undefined {
    const message = readSyncMessage(data);
    switch (message?.type) {
      case undefined:
        return closings.malformed;
      case 'question':
        if (!this.questions.take(1, this.heardAtMs)) return closings.tooManyMessages;
        room.question(this, message.stateVector);
        return undefined;
      case 'edit':
        this.unanswered += message.update.length;
        if (this.unanswered > this.parts.limits.maxUnansweredBytes) this.parts.webSocket.pause();
        room.edit(this, message.update, undefined);
        return undefined;
      case 'presence': {
        const outcome = presence.announce(this, message.bytes);
        if (outcome === 'too-large') return closings.presenceTooLarge;
        return outcome === 'malformed' ? closings.malformed : undefined;
      }
      case 'nothing':
        return undefined;
    }
  }

  private ended(): void {
    if (this.state.type === 'closed') return;
    const { state } = this;
    this.state = { type: 'closed' };
    if (state.type === 'open') this.parts.rooms.leave(state.in, this);
    this.parts.onEnd();
  }
}

export type ConnectionLimits = {
  readonly messages: Rate;
  readonly bytes: Rate;
  /** What a client lacks can cost an encoding of the whole document; clients ask when they connect. */
  readonly questions: Rate;
  /** Of edits that wait for their turn; more is not read from the socket. */
  readonly maxUnansweredBytes: number;
  /** Of what a reader has not taken; beyond it, it is cut off. */
  readonly maxBacklogBytes: number;
  /** A client that says nothing for so long, not even an answer to a ping, is gone. */
  readonly silentMs: number;
  readonly keepAliveMs: number;
};

export type ConnectionWatch = {
  closed(reason: string): void;
  cutOff(backlogBytes: number): void;
  broken(error: unknown): void;
};

type ConnectionParts = {
  readonly webSocket: WebSocket;
  /** The WebSocket's own connection, to which frames are written that were built once for everybody. */
  readonly socket: Duplex;
  readonly rooms: OpenRooms;
  readonly clock: Clock;
  readonly limits: ConnectionLimits;
  readonly watch: ConnectionWatch;
  readonly onEnd: () => void;
};
