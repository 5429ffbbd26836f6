import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encodeAwarenessUpdate, type Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import { DIALECT_MESSAGE, readServerMessage, writeClientMessage } from '../protocol/sync-message-bytes.ts';
import { SYNC_DIALECT, type ClientMessage, type ServerMessage } from '../protocol/sync-messages.ts';
import type { DocumentName } from './replica-store.ts';
import type { SocketOpener, SyncPass } from './sync-surroundings.ts';

/** One connection to the server for one document, from its opening to its end; it does not come back by itself. */
export type SyncLine = {
  /** Does nothing once the line has ended. */
  readonly send: (message: ClientMessage) => void;
  /** Ends it from this side; nothing of it is told any more. */
  readonly close: () => void;
};

export type LineEvents = {
  readonly onMessage: (message: ServerMessage) => void;
  /** An update of others; `isAnswer`: it is the answer to `resume`. */
  readonly onUpdate: (update: Uint8Array, isAnswer: boolean) => void;
  /** It ended from the other side, or was never open. `code`: a WebSocket's; undefined when nobody gave one. */
  readonly onEnd: (end: LineEnd) => void;
};

export type LineEnd = { readonly code: number | undefined; readonly reason: string };

export type LineParts = {
  /** `ws://…` or `wss://…`, up to and without `/sync`. */
  readonly address: string;
  readonly document: DocumentName;
  readonly pass: SyncPass;
  readonly openSocket: SocketOpener;
  readonly awareness: Awareness;
};

const SYNC = 0;
const AWARENESS = 1;
const STEP_2 = 1;
const UPDATE = 2;

/**
 * Opens a line over y-websocket's provider: presence, keeping the line alive and noticing its end are its work. Documents
 * are not: its own document stays empty, updates are handed on, and edits go out in our dialect.
 */
export function openSyncLine(parts: LineParts, events: LineEvents): SyncLine {
  const { webSocket, query } = parts.openSocket(parts.pass);
  const provider = new WebsocketProvider(`${parts.address}/sync`, parts.document, parts.awareness.doc, {
    connect: false,
    disableBc: true,
    awareness: parts.awareness,
    WebSocketPolyfill: webSocket,
    params: { ...query, dialect: SYNC_DIALECT },
    shouldReconnect: () => false,
  });
  const stopTelling = tellOwnPresence(provider);
  let isOver = false;
  const end = (told: LineEnd | undefined): void => {
    if (isOver) return;
    isOver = true;
    stopTelling();
    provider.shouldConnect = false;
    // The provider is in the middle of closing when it tells of it.
    queueMicrotask(() => {
      provider.destroy();
      if (told !== undefined) events.onEnd(told);
    });
  };
  provider.messageHandlers[SYNC] = (_encoder, decoder) => {
    const kind = decoding.readVarUint(decoder);
    const bytes = decoding.readVarUint8Array(decoder);
    if (!isOver && (kind === STEP_2 || kind === UPDATE)) events.onUpdate(bytes.slice(), kind === STEP_2);
  };
  provider.messageHandlers[DIALECT_MESSAGE] = (_encoder, decoder) => {
    const message = readServerMessage(decoder);
    if (message === undefined) throw new Error('a message that cannot be read');
    if (!isOver) events.onMessage(message);
  };
  provider.on('connection-close', (event) => end({ code: event?.code, reason: event?.reason ?? '' }));
  try {
    provider.connect();
    guard(provider, () => end({ code: undefined, reason: 'The server said something that cannot be read.' }));
  } catch (error) {
    end({ code: undefined, reason: error instanceof Error ? error.message : String(error) });
  }
  return {
    send: (message) => {
      if (!isOver && provider.ws?.readyState === 1) provider.ws.send(writeClientMessage(message).slice());
    },
    close: () => end(undefined),
  };
}

/** The provider repeats to the server whatever others say of themselves; only what is said here is news there. */
function tellOwnPresence(provider: WebsocketProvider): () => void {
  const { awareness } = provider;
  const own = awareness.clientID;
  awareness.off('update', provider._awarenessUpdateHandler);
  const tell = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>): void => {
    if (![...added, ...updated, ...removed].includes(own)) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, AWARENESS);
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [own]));
    if (provider.ws?.readyState === 1) provider.ws.send(encoding.toUint8Array(encoder).slice());
  };
  awareness.on('update', tell);
  return () => awareness.off('update', tell);
}

/** Whatever a server sends costs the line, never the program. */
function guard({ ws }: WebsocketProvider, onGarbled: () => void): void {
  const inner = ws?.onmessage;
  if (ws === null || inner === null || inner === undefined) return;
  ws.onmessage = (event) => {
    try {
      inner.call(ws, event);
    } catch {
      onGarbled();
    }
  };
}
