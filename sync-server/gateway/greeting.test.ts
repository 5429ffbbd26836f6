import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import {
  DIALECT_MESSAGE,
  readServerMessage,
  writeClientMessage,
} from '#shared/protocol/sync-message-bytes.ts';
import type { ServerMessage } from '#shared/protocol/sync-messages.ts';
import { makeKey } from '../accounts/service-key.ts';
import { createTestTeam, type TestTeam } from '../test-team.ts';

let team: TestTeam;
beforeEach(() => {
  team = createTestTeam();
});
afterEach(async () => {
  await team.end();
});

/** A hand-made client of the dialect. */
async function connect(url: string, token: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/wall:main?dialect=streamwall1`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const heard: (ServerMessage | undefined)[] = [];
  let closed: string | undefined;
  socket.on('message', (data: Buffer) => {
    const decoder = decoding.createDecoder(new Uint8Array(data));
    if (decoding.readVarUint(decoder) === DIALECT_MESSAGE) heard.push(readServerMessage(decoder));
  });
  socket.on('close', (code, reason) => (closed = `${String(code)} ${reason.toString()}`));
  team.onEnd(() => socket.terminate());
  await new Promise((resolve) => socket.once('open', resolve));
  return { socket, heard, closed: () => closed };
}

it('[SD1] greets with the store, the account and what is there, and again when rights change', async () => {
  const server = await team.start();
  const { stored, key } = makeKey({ role: 'operator', grants: [], label: '' }, 0);
  const { keys } = team.store.accounts;
  await keys.add(stored);
  const { heard } = await connect(server.url, key);
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  const hello = { storeId: '0123456789abcdef', storeIsEmpty: true, document: 'wall:main', last: 0 };
  expect(heard[0]).toMatchObject({ type: 'hello', hello: { ...hello, role: 'operator', mayCarry: true } });

  await keys.add({ ...stored, role: 'monitor' });
  await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 10_000 });
  expect(heard[1]).toMatchObject({ type: 'hello', hello: { role: 'monitor', writable: ['safety'] } });
});

it('[SD4] an edit without a number, or of a message that is cut off, costs the connection', async () => {
  const server = await team.start();
  const token = await team.key('operator');
  const whole = writeClientMessage({ type: 'edit', n: 1, carried: false, update: Uint8Array.of(0, 0) });
  const cases: [Uint8Array, string][] = [
    [Uint8Array.of(0, 2, 2, 0, 0), '4400 unnumbered-edit'],
    [whole.subarray(0, whole.length - 1), '4400 malformed'],
    [Uint8Array.of(...whole, 0), '4400 malformed'],
    [Uint8Array.of(100, 99), '4400 malformed'],
    [
      writeClientMessage({ type: 'edit', n: 3, carried: false, update: Uint8Array.of(0, 0) }),
      '4400 malformed',
    ],
  ];
  for (const [bytes, close] of cases) {
    const client = await connect(server.url, token);
    await vi.waitFor(() => expect(client.heard).toHaveLength(1));
    client.socket.send(bytes);
    await vi.waitFor(() => expect(client.closed()).toBe(close));
  }
});
