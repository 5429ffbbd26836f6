import * as decoding from 'lib0/decoding';

/** What a y-websocket client says in one message. */
export type SyncMessage =
  | { readonly type: 'question'; readonly stateVector: Uint8Array }
  | { readonly type: 'edit'; readonly update: Uint8Array }
  /** An awareness update as y-protocols encodes it. */
  | { readonly type: 'presence'; readonly bytes: Uint8Array }
  /** Asks for everybody's presence, which it was sent when it came; or something that this server does not know. */
  | { readonly type: 'nothing' };

const SYNC = 0;
const AWARENESS = 1;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

/** @returns undefined when it is malformed */
export function readSyncMessage(bytes: Uint8Array): SyncMessage | undefined {
  try {
    const decoder = decoding.createDecoder(bytes);
    const kind = decoding.readVarUint(decoder);
    if (kind === AWARENESS) return { type: 'presence', bytes: readRest(decoder) };
    if (kind !== SYNC) return { type: 'nothing' };
    switch (decoding.readVarUint(decoder)) {
      case STEP_1:
        return { type: 'question', stateVector: readRest(decoder) };
      case STEP_2:
      case UPDATE:
        return { type: 'edit', update: readRest(decoder) };
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
