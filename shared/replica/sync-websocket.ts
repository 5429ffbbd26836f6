import { WebSocket as NodeWebSocket, type ClientOptions } from 'ws';
import type { SocketOpener, SyncPass, SyncTimers } from './sync-surroundings.ts';

/** As much as the largest document and a little more. */
const MAX_MESSAGE_BYTES = 80 * 1_048_576;
const OPENING_MS = 15_000;

/** Opens WebSockets under Node. A token travels in a header, so that it stands in nobody's list of addresses. */
export const openNodeSocket: SocketOpener = (pass: SyncPass) => {
  const options: ClientOptions = {
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handshakeTimeout: OPENING_MS,
    ...('token' in pass ? { headers: { authorization: `Bearer ${pass.token}` } } : {}),
  };
  class PassWebSocket extends NodeWebSocket {
    constructor(address: string | URL) {
      super(address, options);
    }
  }
  // What y-websocket uses of a WebSocket is the same in both.
  const webSocket = PassWebSocket as unknown as typeof WebSocket;
  return { webSocket, query: 'ticket' in pass ? { ticket: pass.ticket } : {} };
};

export const systemTimers: SyncTimers = {
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
