import * as decoding from 'lib0/decoding';
import { describe, expect, it } from 'vitest';
import { ActorId, TileId } from '../model/ids.ts';
import {
  DIALECT_MESSAGE,
  readClientMessage,
  readServerMessage,
  writeClientMessage,
  writeServerMessage,
} from './sync-message-bytes.ts';
import type { ClientMessage, ServerMessage } from './sync-messages.ts';

const signal = { id: 'a1', signal: 'reload', tile: TileId.parse('tile') } as const;
const bytes = Uint8Array.of(1, 2, 3);

const fromClient: ClientMessage[] = [
  { type: 'resume', stateVector: bytes },
  { type: 'edit', n: 7, carried: true, update: bytes },
  { type: 'edit', n: 1e9, carried: false, update: new Uint8Array() },
  { type: 'signal', signal },
  { type: 'signal-answer', answer: { id: 'a1', outcome: 'done', picture: bytes } },
  { type: 'signal-answer', answer: { id: 'a1', outcome: 'failed', words: 'No.' } },
  { type: 'output', shown: true },
];
const fromServer: ServerMessage[] = [
  {
    type: 'hello',
    hello: {
      storeId: '0123456789abcdef',
      storeIsEmpty: false,
      othersAreStale: false,
      document: 'wall:main',
      actor: ActorId.parse('user:ann'),
      role: 'operator',
      writable: ['tiles'],
      mayCarry: true,
      last: 12,
      nowMs: 5,
      stateVector: bytes,
    },
  },
  { type: 'saved', n: 300 },
  { type: 'refused', n: 2, reason: 'forbidden-root', root: 'audio' },
  { type: 'refused', n: 3, reason: 'follows-refused' },
  { type: 'held', n: 4, reason: 'hold-on' },
  { type: 'signal', signal },
  { type: 'signal-answer', answer: { id: 'a1', outcome: 'no-output' } },
];

/** A reader that has taken the number of the message. */
function opened(message: Uint8Array): decoding.Decoder {
  const decoder = decoding.createDecoder(message);
  expect(decoding.readVarUint(decoder)).toBe(DIALECT_MESSAGE);
  return decoder;
}

describe('messages of the dialect', () => {
  it('are read as they were written', () => {
    for (const message of fromClient)
      expect(readClientMessage(opened(writeClientMessage(message)))).toEqual(message);
    for (const message of fromServer)
      expect(readServerMessage(opened(writeServerMessage(message)))).toEqual(message);
  });

  it('that are cut off, or longer than they should be, are malformed and never thrown on', () => {
    const all = [...fromClient.map(writeClientMessage), ...fromServer.map(writeServerMessage)];
    for (const whole of all) {
      for (let length = 1; length < whole.length; length++) {
        expect(() => readClientMessage(opened(whole.subarray(0, length)))).not.toThrow();
        expect(() => readServerMessage(opened(whole.subarray(0, length)))).not.toThrow();
      }
    }
    for (const whole of fromClient.map(writeClientMessage))
      expect(readClientMessage(opened(Uint8Array.of(...whole, 0)))).toBeUndefined();
  });

  it('a reason that a newer server gives is a refusal all the same', () => {
    const message = { type: 'refused', n: 2, reason: 'too-purple' } as unknown as ServerMessage;
    expect(readServerMessage(opened(writeServerMessage(message)))).toEqual({
      type: 'refused',
      n: 2,
      reason: 'other',
    });
  });

  it('a signal for no tile, or of no kind that we know, is malformed', () => {
    for (const forged of [
      { ...signal, tile: '' },
      { ...signal, signal: 'format' },
    ])
      expect(
        readClientMessage(
          opened(writeClientMessage({ type: 'signal', signal: forged } as unknown as ClientMessage)),
        ),
      ).toBeUndefined();
  });
});
