import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { RawClient } from './raw-client.ts';
import type { Protocol } from './wire.ts';

let server: WebSocketServer | undefined;
afterEach(() => server?.close());

async function connectTo(onSocket: (socket: WebSocket) => void, protocol: Protocol, heard: string[] = []) {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', onSocket);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const target = { url: `http://127.0.0.1:${String(port)}/`, protocol, token: 't', pid: 0 };
  const update = (bytes: Buffer, from: number, to: number) =>
    heard.push(bytes.subarray(from, to).toString('hex'));
  return new RawClient(target, 'doc', { update });
}

it('reads small, medium and large messages, however they are cut, and knows when it is synced', async () => {
  const heard: string[] = [];
  const sizes = [3, 200, 70_000];
  const client = await connectTo(
    (socket) => {
      for (const size of sizes) socket.send(Buffer.concat([Buffer.from([0, 2]), Buffer.alloc(size, 7)]));
      socket.send(Buffer.from([0, 1, 2, 0, 0]));
    },
    'y-websocket',
    heard,
  );
  // All that it was told until then counts, in whichever messages it came.
  await expect(client.synced).resolves.toBe(70_214);
  expect(heard.slice(0, 3).map((hex) => hex.length / 2)).toEqual(sizes);
  client.close();
});

it('asks at once, and answers the question of the server, as each server wants it', async () => {
  for (const [protocol, prefix] of [
    ['y-websocket', ''],
    ['hocuspocus', '03646f63'],
  ] as const) {
    const said: string[] = [];
    let isAnswered = (): void => undefined;
    const answered = new Promise<void>((resolve) => (isAnswered = resolve));
    const client = await connectTo((socket) => {
      socket.send(Buffer.from(`${prefix}000000`, 'hex'));
      socket.on('message', (data: Buffer) => {
        said.push(data.toString('hex'));
        if (said.at(-1) === `${prefix}0001020000`) isAnswered();
      });
    }, protocol);
    await answered;
    expect(said).toContain(`${prefix}00000100`);
    if (protocol === 'hocuspocus') expect(said[0]).toBe(`${prefix}02000174`);
    client.close();
    server?.close();
  }
});

it('says why when a server closes or does not let it in', async () => {
  const client = await connectTo((socket) => socket.close(4403, 'not for you'), 'y-websocket');
  await expect(client.synced).rejects.toThrow('not for you');
  const plain = createServer((socket) => socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n'));
  plain.listen(0, '127.0.0.1');
  await once(plain, 'listening');
  const address = plain.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const target = {
    url: `http://127.0.0.1:${String(port)}/`,
    protocol: 'y-websocket',
    token: '',
    pid: 0,
  } as const;
  await expect(new RawClient(target, 'doc').synced).rejects.toThrow('503');
  plain.close();
});
