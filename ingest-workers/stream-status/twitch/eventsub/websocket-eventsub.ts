import { WebSocket } from 'ws';

/** A line that only listens. */
export type EventSubSocket = { readonly close: () => void };

export type SocketEars = Readonly<{
  hear: (text: string) => void;
  /** Once, however it ended; a sentence for the operator. */
  ended: (words: string) => void;
}>;

export type OpenEventSubSocket = (url: string, ears: SocketEars) => EventSubSocket;

const MAX_MESSAGE_BYTES = 64 * 1024;
const OPENING_MS = 10_000;

/** Opens a WebSocket to EventSub. Pings are answered by the library, and nothing else is ever sent. */
export const openEventSubSocket: OpenEventSubSocket = (url, { hear, ended }) => {
  const socket = new WebSocket(url, {
    ...{ maxPayload: MAX_MESSAGE_BYTES, handshakeTimeout: OPENING_MS },
    ...{ perMessageDeflate: false, followRedirects: false },
  });
  let words = '';
  socket.on('message', (data, isBinary) => {
    if (!isBinary && Buffer.isBuffer(data)) hear(data.toString('utf8'));
  });
  socket.on('error', (error) => (words = error.message));
  socket.on('close', (code) => ended(words === '' ? `The line was closed (${code}).` : words));
  return { close: () => (socket.readyState === WebSocket.OPEN ? socket.close() : socket.terminate()) };
};
