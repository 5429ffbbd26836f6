import { WebSocket, type RawData } from 'ws';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { DelaySettings, DelayState, DelayStatus, DelayWish } from '#shared/protocol/delay-state.ts';
import type { Done } from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import { retryDelayMs, type SyncTimers } from '#shared/replica/sync-surroundings.ts';
import { grantedWords, isGranted, ungrantedWords } from './judge-wish.ts';
import { readDelayStatus } from './read-delay-status.ts';

export type StreamdelayParts = {
  readonly timers: SyncTimers;
  readonly nowMs: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly onState: (state: DelayState) => void;
  /** So often the server is asked whether it is there; silent for twice as long, it is not. */
  readonly heartbeatMs?: number;
};

const HEARTBEAT_MS = 4_000;
const OPENING_MS = 8_000;
const LONGEST_RETRY_MS = 5_000;
/** How long a server may take until it says that it has done what it was asked. */
const PATIENCE_MS = 4_000;
/** A status is a few hundred bytes. */
const MAX_BYTES = 64 * 1024;

type Asked = { readonly wish: DelayWish; readonly settle: (outcome: Result<Done, Refusal>) => void };

/**
 * The line to a Streamdelay server, opened again whenever it breaks. What was asked without a line, or was not answered
 * when it broke, is refused and never sent later.
 *
 *     opening ──open──▶ silent ──status──▶ known ──status──▶ known
 *        ▲                 └──────close, error, no heartbeat──────┐
 *        └────────────────── waits, longer each time ◀────────────┘
 */
export class StreamdelaySocket {
  private socket: WebSocket | undefined;
  private status: DelayStatus | undefined;
  private failures = 0;
  private unknownSinceMs: number;
  private words = 'Streamdelay is being called.';
  private callOff: () => void = () => undefined;
  private readonly asked = new Set<Asked>();
  private readonly settings: DelaySettings;
  private readonly parts: StreamdelayParts;

  constructor(settings: DelaySettings, parts: StreamdelayParts) {
    this.settings = settings;
    this.parts = parts;
    this.unknownSinceMs = parts.nowMs();
    this.open();
  }

  state(): DelayState {
    const { server } = this.settings;
    const { status, words, unknownSinceMs: sinceMs } = this;
    return status === undefined
      ? { type: 'unknown', server, words, sinceMs }
      : { type: 'known', server, ...status };
  }

  /** Answers once the server says that it is so. */
  async ask(wish: DelayWish): Promise<Result<Done, Refusal>> {
    const { socket, status } = this;
    if (socket === undefined || status === undefined) return fail(unreachable);
    return new Promise((resolve) => {
      const settle = (outcome: Result<Done, Refusal>): void => {
        callOff();
        this.asked.delete(asked);
        resolve(outcome);
      };
      const asked: Asked = { wish, settle };
      const callOff = this.parts.timers.after(PATIENCE_MS, () => {
        settle(fail({ reason: 'not-stored', message: ungrantedWords(wish, this.status), retryable: true }));
      });
      this.asked.add(asked);
      const change = wish.type === 'censor' ? { isCensored: wish.on } : { isStreamRunning: wish.running };
      socket.send(JSON.stringify(change));
      // Asked for what is already so, a server has nothing to say.
      if (isGranted(wish, status)) this.settleGranted(status);
    });
  }

  close(): void {
    this.callOff();
    const { socket } = this;
    this.socket = undefined;
    this.status = undefined;
    this.settleLost();
    socket?.terminate();
  }

  private open(): void {
    const socket = new WebSocket(socketAddress(this.settings), {
      headers: { 'Streamdelay-API-Key': this.settings.key },
      handshakeTimeout: OPENING_MS,
      maxPayload: MAX_BYTES,
      perMessageDeflate: false,
      followRedirects: false,
    });
    this.socket = socket;
    let isRefused = false;
    let words = 'Streamdelay cannot be reached. It is called again.';
    socket.on('open', () => {
      if (this.socket === socket) this.callOff = this.keepAlive(socket);
    });
    socket.on('unexpected-response', (_request, response) => {
      isRefused = response.statusCode === 400 || response.statusCode === 401 || response.statusCode === 403;
      words = isRefused
        ? 'Streamdelay does not take this key. Give it the right one in the settings.'
        : 'What is there does not answer as a Streamdelay server does.';
      socket.terminate();
    });
    socket.on('message', (data, isBinary) => {
      if (this.socket === socket && !isBinary) this.hear(textOf(data));
    });
    // What is wrong is told by 'close', which follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.socket === socket) this.lose(words, isRefused);
    });
  }

  /** @returns how to stop */
  private keepAlive(socket: WebSocket): () => void {
    const { timers, heartbeatMs = HEARTBEAT_MS } = this.parts;
    let isThere = true;
    let stop = (): void => undefined;
    const note = (): void => {
      isThere = true;
    };
    socket.on('pong', note);
    socket.on('message', note);
    const beat = (): void => {
      if (!isThere) {
        socket.terminate();
        return;
      }
      isThere = false;
      socket.ping();
      stop = timers.after(heartbeatMs, beat);
    };
    beat();
    return () => stop();
  }

  private hear(text: string): void {
    const status = readDelayStatus(text);
    this.failures = 0;
    this.know(status);
    if (status === undefined) this.words = 'Streamdelay says something that cannot be read.';
    else this.settleGranted(status);
    this.parts.onState(this.state());
  }

  /** What was known until now is not kept beside what is not known any more. */
  private know(status: DelayStatus | undefined): void {
    if (status === undefined && this.status !== undefined) this.unknownSinceMs = this.parts.nowMs();
    this.status = status;
  }

  private lose(words: string, isRefused: boolean): void {
    this.callOff();
    this.socket = undefined;
    this.know(undefined);
    this.words = words;
    this.settleLost();
    this.failures += 1;
    const soon = Math.min(LONGEST_RETRY_MS, retryDelayMs(this.failures, this.parts.random()));
    this.callOff = this.parts.timers.after(isRefused ? LONGEST_RETRY_MS : soon, () => this.open());
    this.parts.onState(this.state());
  }

  private settleGranted(status: DelayStatus): void {
    for (const { wish, settle } of [...this.asked]) {
      if (!isGranted(wish, status)) continue;
      const words = grantedWords(wish, status);
      settle(ok(words === undefined ? {} : { words }));
    }
  }

  private settleLost(): void {
    for (const { settle } of [...this.asked]) settle(fail(lost));
  }
}

const unreachable: Refusal = {
  reason: 'not-found',
  message: 'Streamdelay cannot be reached, so nothing was changed. Cover the wall instead.',
  retryable: true,
};

const lost: Refusal = {
  reason: 'not-found',
  message: 'The line to Streamdelay broke. Whether it was done is not known; look at the broadcast itself.',
  retryable: true,
};

/** `http://host:8404` is `ws://host:8404/ws`, with the key as every Streamdelay takes it. */
function socketAddress({ server, key }: DelaySettings): string {
  const url = new URL(server);
  url.protocol = /^(?:https|wss):$/.test(url.protocol) ? 'wss:' : 'ws:';
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/ws`;
  url.search = '';
  url.hash = '';
  url.searchParams.set('key', key);
  return url.href;
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.from(data instanceof ArrayBuffer ? new Uint8Array(data) : data).toString('utf8');
}
