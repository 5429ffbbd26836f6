import { connect, type Socket } from 'node:net';
import { ClientFrames, frameOf, pongOf, type Protocol } from './wire.ts';

/** Where a client connects. */
export type Target = {
  readonly url: string;
  readonly protocol: Protocol;
  readonly token: string;
  /** The server's process. */
  readonly pid: number;
};

/** What a client hears, each as a part of a buffer that holds more. Not to be kept without copying. */
export type Listener = {
  readonly update?: (bytes: Buffer, from: number, to: number) => void;
  readonly presence?: (bytes: Buffer, from: number, to: number) => void;
  /** A message of our own dialect, after its first byte. */
  readonly dialect?: (bytes: Buffer) => void;
};

const EMPTY_UPDATE = Uint8Array.of(0, 0);
import { DIALECT_MESSAGE } from '#shared/protocol/sync-message-bytes.ts';
const CONNECT_TIMEOUT_MS = 60_000;

/**
 * A client that knows just enough of WebSocket and of the protocol to be cheap: what is measured is the server. It says
 * and answers all that a real client does, and compares no documents.
 */
export class RawClient {
  readonly frames: ClientFrames;
  /** Resolves once the server says that it has told all that it has, with the bytes of that, in however many messages. */
  readonly synced: Promise<number>;
  private toldBytes = 0;
  private readonly socket: Socket;
  private readonly listener: Listener;
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private needed = 1;
  private isUpgraded = false;
  private isCorked = false;
  private isClosing = false;
  private onSynced: (bytes: number) => void = () => undefined;
  private onFailed: (error: Error) => void = () => undefined;
  private readonly greeting: readonly Buffer[];

  constructor(
    target: Target,
    document: string,
    listener: Listener = {},
    stateVector: Uint8Array = Uint8Array.of(0),
    dialect = '',
  ) {
    this.frames = new ClientFrames(target.protocol, document);
    this.listener = listener;
    this.greeting = this.frames.hello(target.token, stateVector);
    this.synced = new Promise((resolve, reject) => {
      this.onSynced = resolve;
      this.onFailed = reject;
    });
    this.synced.catch(() => undefined);
    const { hostname, port, pathname } = new URL(target.url);
    const query = new URLSearchParams({ token: target.token, ...(dialect === '' ? {} : { dialect }) });
    const path = target.protocol === 'hocuspocus' ? '/' : `${pathname}${document}?${query.toString()}`;
    this.socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.socket.setTimeout(CONNECT_TIMEOUT_MS, () => this.onFailed(new Error('the server does not answer')));
    this.socket.on('data', (chunk) => this.take(chunk));
    this.socket.on('error', (error) => this.onFailed(error));
    this.socket.on('close', () => {
      if (!this.isClosing) this.onFailed(new Error('the server closed the connection'));
    });
    this.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
  }

  /** What is sent in one turn goes in one write. */
  send(frame: Uint8Array): void {
    if (!this.isCorked) {
      this.isCorked = true;
      this.socket.cork();
      process.nextTick(() => {
        this.isCorked = false;
        this.socket.uncork();
      });
    }
    this.socket.write(frame);
  }

  sendMessage(bytes: Uint8Array): void {
    this.send(frameOf([bytes]));
  }

  close(): void {
    this.isClosing = true;
    this.socket.destroy();
  }

  /** Says goodbye as browsers do, so that the server sees an orderly end. */
  async leave(): Promise<void> {
    this.isClosing = true;
    const closed = new Promise((resolve) => this.socket.once('close', resolve));
    this.socket.end(Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8]));
    setTimeout(() => this.socket.destroy(), 500).unref();
    await closed;
  }

  private take(chunk: Buffer): void {
    this.waiting.push(chunk);
    this.waitingBytes += chunk.length;
    if (this.waitingBytes < this.needed) return;
    const bytes = this.waiting.length === 1 ? chunk : Buffer.concat(this.waiting, this.waitingBytes);
    const used = this.isUpgraded ? this.readFrames(bytes, 0) : this.readUpgrade(bytes);
    this.waiting = used === bytes.length ? [] : [bytes.subarray(used)];
    this.waitingBytes = bytes.length - used;
  }

  private readUpgrade(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n');
    this.needed = bytes.length + 1;
    if (end < 0) return 0;
    if (!bytes.subarray(0, 12).toString().endsWith('101')) {
      this.onFailed(new Error(bytes.subarray(0, end).toString()));
      return bytes.length;
    }
    this.isUpgraded = true;
    this.socket.setTimeout(0);
    for (const frame of this.greeting) this.send(frame);
    return this.readFrames(bytes, end + 4);
  }

  /** @returns up to where whole frames were read; sets how much is needed to read on */
  private readFrames(bytes: Buffer, start: number): number {
    let at = start;
    for (;;) {
      this.needed = 2;
      if (bytes.length - at < 2) return at;
      const short = (bytes[at + 1] ?? 0) & 127;
      const head = short === 127 ? 10 : short === 126 ? 4 : 2;
      this.needed = head;
      if (bytes.length - at < head) return at;
      const length =
        short === 127
          ? Number(bytes.readBigUInt64BE(at + 2))
          : short === 126
            ? bytes.readUInt16BE(at + 2)
            : short;
      this.needed = head + length;
      if (bytes.length - at < head + length) return at;
      this.understand((bytes[at] ?? 0) & 15, bytes, at + head, at + head + length);
      at += head + length;
    }
  }

  private understand(opcode: number, bytes: Buffer, from: number, to: number): void {
    if (opcode === 9) this.send(pongOf(bytes.subarray(from, to)));
    if (opcode === 8) this.onFailed(new Error(`closed: ${bytes.subarray(from + 2, to).toString()}`));
    if (opcode !== 2) return;
    const at = from + this.frames.prefixLength();
    const kind = bytes[at];
    if (kind === 1) this.listener.presence?.(bytes, at + 1, to);
    else if (kind === DIALECT_MESSAGE) this.listener.dialect?.(bytes.subarray(at + 1, to));
    else if (kind === 0) {
      const step = bytes[at + 1];
      if (step === 0) this.send(this.frames.answer(EMPTY_UPDATE));
      else {
        this.toldBytes += to - at;
        this.listener.update?.(bytes, at + 2, to);
      }
      if (step === 1) this.onSynced(this.toldBytes);
    }
  }
}
