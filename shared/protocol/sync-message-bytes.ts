import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {
  HeldReason,
  Hello,
  MAX_PICTURE_BYTES,
  RefusedReason,
  Signal,
  SignalAnswer,
  type ClientMessage,
  type ServerMessage,
} from './sync-messages.ts';

/** The number that a dialect message begins with, where y-websocket's own begin with 0 to 3. */
export const DIALECT_MESSAGE = 100;

const CLIENT_KINDS = ['resume', 'edit', 'signal', 'signal-answer', 'output'] as const;
const SERVER_KINDS = ['hello', 'saved', 'refused', 'held', 'signal', 'signal-answer'] as const;

/** A whole message as it stands in its WebSocket frame. */
export function writeClientMessage(message: ClientMessage): Uint8Array {
  const encoder = begin(CLIENT_KINDS.indexOf(message.type));
  switch (message.type) {
    case 'resume':
      encoding.writeVarUint8Array(encoder, message.stateVector);
      break;
    case 'edit':
      encoding.writeVarUint(encoder, message.n);
      encoding.writeUint8(encoder, message.carried ? 1 : 0);
      encoding.writeVarUint8Array(encoder, message.update);
      break;
    case 'signal':
      writeJson(encoder, message.signal);
      break;
    case 'signal-answer':
      writeAnswer(encoder, message.answer);
      break;
    case 'output':
      encoding.writeUint8(encoder, message.shown ? 1 : 0);
  }
  return encoding.toUint8Array(encoder);
}

/** @param decoder after the number of the message. @returns undefined when it is malformed */
export function readClientMessage(decoder: decoding.Decoder): ClientMessage | undefined {
  return readWhole(decoder, () => {
    const type = CLIENT_KINDS[decoding.readVarUint(decoder)];
    switch (type) {
      case 'resume':
        return { type, stateVector: decoding.readVarUint8Array(decoder) };
      case 'edit':
        return {
          type,
          n: decoding.readVarUint(decoder),
          carried: decoding.readUint8(decoder) === 1,
          update: decoding.readVarUint8Array(decoder),
        };
      case 'signal':
        return { type, signal: Signal.parse(readJson(decoder)) };
      case 'signal-answer':
        return { type, answer: readAnswer(decoder) };
      case 'output':
        return { type, shown: decoding.readUint8(decoder) === 1 };
      case undefined:
        return undefined;
    }
  });
}

/** A whole message as it stands in its WebSocket frame. */
export function writeServerMessage(message: ServerMessage): Uint8Array {
  const encoder = begin(SERVER_KINDS.indexOf(message.type));
  switch (message.type) {
    case 'hello': {
      const { stateVector, ...words } = message.hello;
      writeJson(encoder, words);
      encoding.writeVarUint8Array(encoder, stateVector);
      break;
    }
    case 'saved':
      encoding.writeVarUint(encoder, message.n);
      break;
    case 'refused':
      encoding.writeVarUint(encoder, message.n);
      encoding.writeVarString(encoder, message.reason);
      encoding.writeVarString(encoder, message.root ?? '');
      break;
    case 'held':
      encoding.writeVarUint(encoder, message.n);
      encoding.writeVarString(encoder, message.reason);
      break;
    case 'signal':
      writeJson(encoder, message.signal);
      break;
    case 'signal-answer':
      writeAnswer(encoder, message.answer);
  }
  return encoding.toUint8Array(encoder);
}

/** @param decoder after the number of the message. @returns undefined when it is malformed, or of another version */
export function readServerMessage(decoder: decoding.Decoder): ServerMessage | undefined {
  return readWhole(decoder, () => {
    const type = SERVER_KINDS[decoding.readVarUint(decoder)];
    switch (type) {
      case 'hello':
        return {
          type,
          hello: { ...Hello.parse(readJson(decoder)), stateVector: decoding.readVarUint8Array(decoder) },
        };
      case 'saved':
        return { type, n: decoding.readVarUint(decoder) };
      case 'refused':
        return readRefused(decoder);
      case 'held':
        return {
          type,
          n: decoding.readVarUint(decoder),
          reason: HeldReason.catch('hold-on').parse(decoding.readVarString(decoder)),
        };
      case 'signal':
        return { type, signal: Signal.parse(readJson(decoder)) };
      case 'signal-answer':
        return { type, answer: readAnswer(decoder) };
      case undefined:
        return undefined;
    }
  });
}

function readRefused(decoder: decoding.Decoder): ServerMessage {
  const n = decoding.readVarUint(decoder);
  const reason = RefusedReason.catch('other').parse(decoding.readVarString(decoder));
  const root = decoding.readVarString(decoder);
  return root === '' ? { type: 'refused', n, reason } : { type: 'refused', n, reason, root };
}

function begin(kind: number): encoding.Encoder {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, DIALECT_MESSAGE);
  encoding.writeVarUint(encoder, kind);
  return encoder;
}

function writeAnswer(encoder: encoding.Encoder, { picture, ...words }: SignalAnswer): void {
  writeJson(encoder, words);
  encoding.writeVarUint8Array(encoder, picture ?? new Uint8Array());
}

function readAnswer(decoder: decoding.Decoder): SignalAnswer {
  const answer = SignalAnswer.parse(readJson(decoder));
  const picture = decoding.readVarUint8Array(decoder);
  if (picture.length > MAX_PICTURE_BYTES) throw new Error('a picture that is too large');
  return picture.length === 0 ? answer : { ...answer, picture: picture.slice() };
}

const writeJson = (encoder: encoding.Encoder, value: unknown): void =>
  encoding.writeVarString(encoder, JSON.stringify(value));
const readJson = (decoder: decoding.Decoder): unknown => JSON.parse(decoding.readVarString(decoder));

function readWhole<T>(decoder: decoding.Decoder, read: () => T | undefined): T | undefined {
  try {
    const message = read();
    return decoding.hasContent(decoder) ? undefined : message;
  } catch {
    return undefined;
  }
}
