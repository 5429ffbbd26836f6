import * as decoding from 'lib0/decoding';
import { DIALECT_MESSAGE, readClientMessage } from '#shared/protocol/sync-message-bytes.ts';
import type { ClientMessage } from '#shared/protocol/sync-messages.ts';

/** What a client says in one message: of the y-websocket protocol, or of our dialect. */
export type SyncMessage =
  | { readonly type: 'question'; readonly stateVector: Uint8Array }
  | { readonly type: 'plain-edit'; readonly update: Uint8Array }
  /** An awareness update as y-protocols encodes it. */
  | { readonly type: 'presence'; readonly bytes: Uint8Array }
  /** Asks for everybody's presence, which it was sent when it came; or something that this server does not know. */
  | { readonly type: 'nothing' }
  | ClientMessage;

const SYNC = 0;
const AWARENESS = 1;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

/**
 * @param inDialect whether the client asked for our dialect; then its `resume` stands in the place of y-websocket's question
 * @returns undefined when it is malformed
 */
export function readSyncMessage(bytes: Uint8Array, inDialect: boolean): SyncMessage | undefined {
  try {
    const decoder = decoding.createDecoder(bytes);
    const kind = decoding.readVarUint(decoder);
    if (kind === AWARENESS) return { type: 'presence', bytes: readRest(decoder) };
    if (inDialect && kind === DIALECT_MESSAGE) return readClientMessage(decoder);
    if (kind !== SYNC) return { type: 'nothing' };
    switch (decoding.readVarUint(decoder)) {
      case STEP_1: {
        const stateVector = readRest(decoder);
        return inDialect ? { type: 'nothing' } : { type: 'question', stateVector };
      }
      case STEP_2:
      case UPDATE:
        return { type: 'plain-edit', update: readRest(decoder) };
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

function readRest(decoder: decoding.Decoder): Uint8Array {
  const bytes = decoding.readVarUint8Array(decoder);
  if (decoding.hasContent(decoder)) throw new Error('bytes after the end');
  return bytes;
}
