import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import {
  DIALECT_MESSAGE,
  readServerMessage,
  writeClientMessage,
} from '#shared/protocol/sync-message-bytes.ts';
import { SYNC_DIALECT } from '#shared/protocol/sync-messages.ts';

/** A hand-made client of the dialect, which sends whatever it is told to, one edit after the other. */
export type Hand = {
  /** @returns `saved`, `refused REASON`, `held REASON`, or `closed CODE REASON` */
  readonly edit: (update: Uint8Array, carried?: boolean) => Promise<string>;
  readonly end: () => void;
};

export async function openHand(serverUrl: string, document: string, key: string): Promise<Hand> {
  const address = `${serverUrl.replace('http', 'ws')}/sync/${document}?dialect=${SYNC_DIALECT}`;
  const socket = new WebSocket(address, { headers: { authorization: `Bearer ${key}` } });
  let n = 1;
  let answer = (_words: string): void => undefined;
  let closed: string | undefined;
  socket.on('message', (data: Buffer) => {
    const decoder = decoding.createDecoder(new Uint8Array(data));
    if (decoding.readVarUint(decoder) !== DIALECT_MESSAGE) return;
    const message = readServerMessage(decoder);
    if (message?.type === 'saved') answer('saved');
    if (message?.type === 'refused' || message?.type === 'held') answer(`${message.type} ${message.reason}`);
  });
  socket.on('close', (code, reason) => {
    closed = `closed ${String(code)} ${reason.toString()}`;
    answer(closed);
  });
  await new Promise((resolve) => {
    socket.once('open', resolve);
    socket.once('error', resolve);
  });
  return {
    edit: async (update, carried = false) => {
      if (closed !== undefined) return closed;
      const words = await new Promise<string>((resolve) => {
        answer = resolve;
        socket.send(writeClientMessage({ type: 'edit', n, carried, update }));
      });
      // One that is held comes again under its number.
      if (!words.startsWith('held')) n += 1;
      return words;
    },
    end: () => socket.terminate(),
  };
}
