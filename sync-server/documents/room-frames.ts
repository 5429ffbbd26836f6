import * as encoding from 'lib0/encoding';
import { writeServerMessage } from '#shared/protocol/sync-message-bytes.ts';
import type { ServerMessage } from '#shared/protocol/sync-messages.ts';

/** What a server sends to y-websocket clients: one message a WebSocket frame, ready to be written to the connection. */
const SYNC = 0;
const AWARENESS = 1;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

/** First byte of a frame that carries a whole binary message. */
const WHOLE_BINARY = 0x82;

/** Asks a client for what the server lacks. */
export const askForMissing = (stateVector: Uint8Array): Uint8Array => frame([SYNC, STEP_1], stateVector);
/** Answers a client's question; it counts itself as synced from then on. */
export const answerMissing = (update: Uint8Array): Uint8Array => frame([SYNC, STEP_2], update);
export const tellUpdate = (update: Uint8Array): Uint8Array => frame([SYNC, UPDATE], update);
export const tellAwareness = (update: Uint8Array): Uint8Array => frame([AWARENESS], update);
/** Says nothing, in a way that every client takes: the presence of nobody. Clients leave a line that is silent for 30 s. */
export const keepAlive = (): Uint8Array => tellAwareness(Uint8Array.of(0));

/** A message of our dialect. */
export const tellMessage = (message: ServerMessage): Uint8Array =>
  join(new Uint8Array(), writeServerMessage(message));

function frame(kinds: readonly number[], body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const kind of kinds) encoding.writeVarUint(encoder, kind);
  encoding.writeVarUint(encoder, body.length);
  return join(encoding.toUint8Array(encoder), body);
}

function join(head: Uint8Array, body: Uint8Array): Uint8Array {
  const length = head.length + body.length;
  const bytes = Buffer.allocUnsafe(headerLength(length) + length);
  bytes.set(head, writeHeader(bytes, length));
  bytes.set(body, bytes.length - body.length);
  return bytes;
}

const headerLength = (length: number): number => (length > 65_535 ? 10 : length > 125 ? 4 : 2);

/** @returns where the payload begins */
function writeHeader(bytes: Buffer, length: number): number {
  bytes[0] = WHOLE_BINARY;
  if (length <= 125) return bytes.writeUInt8(length, 1);
  if (length <= 65_535) {
    bytes[1] = 126;
    return bytes.writeUInt16BE(length, 2);
  }
  bytes[1] = 127;
  return bytes.writeBigUInt64BE(BigInt(length), 2);
}
