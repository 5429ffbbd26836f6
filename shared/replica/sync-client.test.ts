import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import * as Y from 'yjs';
import { ActorId } from '../model/ids.ts';
import { DIALECT_MESSAGE, readClientMessage, writeServerMessage } from '../protocol/sync-message-bytes.ts';
import type { ClientMessage, ServerMessage } from '../protocol/sync-messages.ts';
import { createMemoryDisk } from './in-memory-replica-store.ts';
import { createSyncClient, type SyncClientOptions } from './sync-client.ts';
import { addStream, must, openTestReplica, titleStream } from './test-replica.ts';
import { openNodeSocket } from './sync-websocket.ts';

const STORE = '0123456789abcdef';

let ends: (() => unknown)[];
beforeEach(() => {
  ends = [];
});
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
});

/** The other end of a line, in the hands of the test. */
type Line = {
  readonly heard: ClientMessage[];
  readonly say: (message: ServerMessage) => void;
  readonly socket: WebSocket;
};

async function startServer() {
  const lines: Line[] = [];
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  ends.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  server.on('connection', (socket) => {
    const heard: ClientMessage[] = [];
    lines.push({ heard, socket, say: (message) => socket.send(writeServerMessage(message)) });
    socket.on('message', (data: Buffer) => {
      const decoder = decoding.createDecoder(new Uint8Array(data));
      if (decoding.readVarUint(decoder) !== DIALECT_MESSAGE) return;
      const message = readClientMessage(decoder);
      if (message !== undefined) heard.push(message);
    });
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const line = async (index: number): Promise<Line> => {
    await vi.waitFor(() => expect(lines.length).toBeGreaterThan(index));
    return lines[index]!;
  };
  return { url: `http://127.0.0.1:${String(port)}`, line, lines };
}

const hello = (changes: { mayCarry?: boolean } = {}): ServerMessage => ({
  type: 'hello',
  hello: {
    ...{
      storeId: STORE,
      storeIsEmpty: false,
      othersAreStale: false,
      document: 'catalogue',
      last: 1,
      nowMs: 0,
    },
    ...{ actor: ActorId.parse('user:ann'), role: 'operator', writable: ['streams'], mayCarry: true },
    stateVector: Uint8Array.of(0),
    ...changes,
  },
});

/** A replica in the team, with edits that are not saved, and time that passes when the test says so. */
async function openClient(
  server: string,
  options: Partial<SyncClientOptions> = {},
  disk = createMemoryDisk(),
) {
  const replica = await openTestReplica(disk);
  must(await replica.sync.joinTeam(STORE));
  const waits: { ms: number; task: () => void }[] = [];
  const sync = createSyncClient({
    ...{ replica, server, openSocket: openNodeSocket, random: () => 0 },
    credentials: async () => Promise.resolve({ token: 'a key' }),
    timers: {
      after: (ms, task) => {
        const wait = { ms, task };
        waits.push(wait);
        return () => void (waits.includes(wait) && waits.splice(waits.indexOf(wait), 1));
      },
    },
    ...options,
  });
  ends.push(async () => {
    sync.close();
    await replica.close();
  });
  sync.follow('catalogue');
  const pass = (): void => {
    for (const { task } of waits.splice(0)) task();
  };
  return { replica, sync, waits, pass, line: () => sync.state().line };
}

/** The edits of a line, by number. */
const numbers = ({ heard }: Line): number[] => heard.flatMap((one) => (one.type === 'edit' ? [one.n] : []));

describe('a line', () => {
  it('[R41] sends all that is unsaved right behind what it holds, waiting for no answer', async () => {
    const server = await startServer();
    const { replica, sync, line } = await openClient(server.url);
    must(await replica.send(addStream('one')));
    must(await replica.send(titleStream('one', 'First')));
    sync.connect();
    const other = await server.line(0);
    expect(other.heard).toEqual([]);
    other.say(hello());
    await vi.waitFor(() => expect(other.heard.map(({ type }) => type)).toEqual(['resume', 'edit', 'edit']));
    expect(line()).toEqual({ type: 'syncing' });
    other.say({ type: 'saved', n: 2 });
    await vi.waitFor(() => expect(sync.state().unsaved).toBe(0));
    other.socket.send(Uint8Array.of(0, 1, 2, 0, 0));
    await vi.waitFor(() => expect(line()).toEqual({ type: 'in-step' }));
    await vi.waitFor(async () => expect(must(await replica.sync.unsaved('catalogue'))).toEqual([]));
  });

  it('[R41] sends again what was held, under its number and after a while, and says that it waits', async () => {
    const server = await startServer();
    const { replica, sync, pass, line } = await openClient(server.url);
    for (const name of ['one', 'two', 'three']) must(await replica.send(addStream(name)));
    sync.connect();
    const other = await server.line(0);
    other.say(hello());
    await vi.waitFor(() => expect(numbers(other)).toEqual([1, 2, 3]));
    other.say({ type: 'held', n: 2, reason: 'hold-on' });
    other.say({ type: 'saved', n: 1 });
    await vi.waitFor(() => expect(sync.state().unsaved).toBe(2));
    expect(line()).toMatchObject({ type: 'held' });
    must(await replica.send(addStream('four')));
    expect(numbers(other)).toEqual([1, 2, 3]);
    pass();
    await vi.waitFor(() => expect(numbers(other)).toEqual([1, 2, 3, 2, 3, 4]));
    other.say({ type: 'saved', n: 4 });
    await vi.waitFor(() => expect(sync.state()).toMatchObject({ line: { type: 'syncing' }, unsaved: 0 }));
  });

  it('[R41] begins anew when the line breaks, with what was not answered', async () => {
    const server = await startServer();
    const { replica, sync, pass, line } = await openClient(server.url);
    for (const name of ['one', 'two']) must(await replica.send(addStream(name)));
    sync.connect();
    const first = await server.line(0);
    first.say(hello());
    await vi.waitFor(() => expect(numbers(first)).toEqual([1, 2]));
    first.say({ type: 'saved', n: 1 });
    await vi.waitFor(async () => expect(must(await replica.sync.unsaved('catalogue'))).toHaveLength(1));
    first.socket.terminate();
    await vi.waitFor(() => expect(line().type).toBe('offline'));
    expect(server.lines).toHaveLength(1);
    pass();
    const second = await server.line(1);
    second.say(hello());
    await vi.waitFor(() => expect(numbers(second).length).toBeGreaterThan(0));
    // What was saved before is not there any more, and goes first, as brought back.
    expect(second.heard.flatMap((one) => (one.type === 'edit' ? [one.carried] : []))).toEqual([true, false]);
  });

  it('[R41] keeps what was saved of edits that others have taken the place of meanwhile', async () => {
    const server = await startServer();
    const disk = createMemoryDisk();
    const clients: (number | undefined)[] = [];
    const first = await openTestReplica(disk);
    must(await first.sync.joinTeam(STORE));
    must(await first.send(addStream('zero')));
    must(await first.sync.markSaved('catalogue', 1));
    await first.close();
    for (const name of ['one', 'two', 'three']) {
      // After each start edits come under another Yjs client id, so that none follows from the one before.
      const replica = await openTestReplica(disk);
      must(await replica.send(addStream(name)));
      const edit = must(await replica.sync.unsaved('catalogue')).at(-1);
      clients.push(edit && Y.decodeUpdate(edit.bytes).structs[0]?.id.client);
      await replica.close();
    }
    const { replica, sync } = await openClient(server.url, {}, disk);
    sync.connect();
    const other = await server.line(0);
    other.say(hello({ mayCarry: false }));
    await vi.waitFor(() => expect(numbers(other)).toEqual([1, 2, 3]));
    other.say({ type: 'refused', n: 1, reason: 'forbidden-root', root: 'streams' });
    other.say({ type: 'saved', n: 3 });
    await vi.waitFor(() => expect(numbers(other).slice(0, 5)).toEqual([1, 2, 3, 4, 5]));
    await vi.waitFor(async () => {
      const holds = Y.decodeStateVector(must(await replica.sync.stateVector('catalogue')));
      expect(clients.map((client) => holds.has(client ?? 0))).toEqual([false, true, true]);
    });
    expect(replica.catalogue().streams.size).toBe(3);
  });

  it('[R39] says that the server lacks something that it may not bring', async () => {
    const server = await startServer();
    const { replica, sync } = await openClient(server.url);
    must(await replica.send(addStream('one')));
    const [edit] = must(await replica.sync.unsaved('catalogue'));
    must(await replica.sync.markSaved('catalogue', edit?.n ?? 0));
    sync.connect();
    const other = await server.line(0);
    other.say(hello({ mayCarry: false }));
    await vi.waitFor(() => expect(sync.state().serverLacks).toBe(true));
    expect(numbers(other)).toEqual([]);
  });

  it('[R32] asks for a pass again later when there is none, and says so meanwhile', async () => {
    const server = await startServer();
    let isThere = false;
    const credentials = async () =>
      isThere ? Promise.resolve({ token: 'a key' }) : Promise.reject(new Error('no'));
    const { sync, pass, line } = await openClient(server.url, { credentials });
    sync.connect();
    await vi.waitFor(() => expect(line()).toMatchObject({ type: 'offline' }));
    isThere = true;
    pass();
    await server.line(0);
  });

  it('[R40] gives up waiting for a server that does not greet, and tries again later', async () => {
    const server = await startServer();
    const { sync, pass, line } = await openClient(server.url);
    sync.connect();
    await server.line(0);
    await vi.waitFor(() => expect(line().type).toBe('connecting'));
    pass();
    await vi.waitFor(() => expect(line()).toMatchObject({ type: 'offline' }));
    pass();
    await server.line(1);
  });

  it.each([
    [1012, 'offline'],
    [1013, 'offline'],
    [4529, 'offline'],
    [4401, 'turned-away'],
    [4403, 'turned-away'],
  ])('[R35] closed with %i before it is greeted is %s', async (code, type) => {
    const server = await startServer();
    const { sync, line, waits } = await openClient(server.url);
    sync.connect();
    (await server.line(0)).socket.close(code, 'a reason');
    await vi.waitFor(() => expect(line().type).toBe(type));
    expect(waits).toHaveLength(type === 'offline' ? 1 : 0);
  });

  it('[R35] asks once for a fresh pass when the one it came in with has run out', async () => {
    const server = await startServer();
    let passes = 0;
    const credentials = async () => Promise.resolve({ token: `pass ${String((passes += 1))}` });
    const { sync, line } = await openClient(server.url, { credentials });
    sync.connect();
    const first = await server.line(0);
    first.say(hello());
    await vi.waitFor(() => expect(first.heard).toHaveLength(1));
    first.socket.close(4401, 'not-signed-in');
    const second = await server.line(1);
    second.socket.close(4401, 'not-signed-in');
    await vi.waitFor(() => expect(line().type).toBe('turned-away'));
    expect(passes).toBe(2);
  });

  it.each(['', 'wall.example', 'ftp://wall.example', 'file:///etc/passwd'])(
    '%j is no address of a server',
    async (server) => {
      const replica = await openTestReplica();
      const credentials = async () => Promise.resolve({ token: '' });
      const timers = { after: () => () => undefined };
      expect(() =>
        createSyncClient({ replica, server, credentials, openSocket: openNodeSocket, timers }),
      ).toThrow();
    },
  );
});
