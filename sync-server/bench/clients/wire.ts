import * as encoding from 'lib0/encoding';

/** How a server wants to be spoken to. Hocuspocus puts the document's name before every message and signs in by message. */
export type Protocol = 'y-websocket' | 'hocuspocus';

const MASKED_BINARY = 0x82;
const HOCUSPOCUS_TOKEN = [2, 0] as const;

/** What clients say, as WebSocket frames that are ready to be written. */
export class ClientFrames {
  private readonly protocol: Protocol;
  private readonly prefix: Uint8Array;

  constructor(protocol: Protocol, document: string) {
    this.protocol = protocol;
    this.prefix = protocol === 'hocuspocus' ? stringBytes(document) : new Uint8Array();
  }

  /** What comes before the message itself in everything that the server says. */
  prefixLength(): number {
    return this.prefix.length;
  }

  /** The first words of a connection: who it is, where that is a message, and what it has. */
  hello(token: string, stateVector: Uint8Array): readonly Buffer[] {
    const question = this.message([0, 0], withLength(stateVector));
    if (this.protocol === 'y-websocket') return [question];
    return [this.message(HOCUSPOCUS_TOKEN, stringBytes(token)), question];
  }

  /** The answer to the server's question. */
  answer = (update: Uint8Array): Buffer => this.message([0, 1], withLength(update));
  edit = (update: Uint8Array): Buffer => this.message([0, 2], withLength(update));

  presence(client: number, clock: number, state: string): Buffer {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, state);
    return this.message([1], withLength(encoding.toUint8Array(encoder)));
  }

  private message(kinds: readonly number[], body: Uint8Array): Buffer {
    return frameOf([this.prefix, Uint8Array.from(kinds), body]);
  }
}

/** A whole binary message as clients must write it: masked, here with a mask of zeros, which changes nothing. */
export function frameOf(parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([header(MASKED_BINARY, length), ...parts]);
}

export const pongOf = (payload: Uint8Array): Buffer => Buffer.concat([header(0x8a, payload.length), payload]);

function header(kind: number, length: number): Buffer {
  const bytes = Buffer.alloc(length > 65_535 ? 14 : length > 125 ? 8 : 6);
  bytes[0] = kind;
  if (length <= 125) bytes[1] = 0x80 | length;
  else if (length <= 65_535) {
    bytes[1] = 0x80 | 126;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = 0x80 | 127;
    bytes.writeBigUInt64BE(BigInt(length), 2);
  }
  return bytes;
}

function withLength(bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint8Array(encoder, bytes);
  return encoding.toUint8Array(encoder);
}

function stringBytes(text: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, text);
  return encoding.toUint8Array(encoder);
}
