import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket as RawSocket } from 'ws';
import * as encoding from 'lib0/encoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { CATALOGUE_ROOTS, WALL_ROOTS } from '#shared/document/document-shape.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import type { Role } from '#shared/model/role.ts';
import type { Grant } from './accounts/access.ts';
import { createInMemoryQuotas } from './accounts/in-memory-quotas.ts';
import { makeKey } from './accounts/service-key.ts';
import { createSyncServer, type SyncServer } from './create-sync-server.ts';
import { createInMemoryFanOut } from './documents/in-memory-fan-out.ts';
import { createInMemoryPresenceBoard } from './documents/in-memory-presence-board.ts';
import type { PresenceBoard } from './documents/presence-board.ts';
import { systemTimers } from './documents/timers.ts';
import type { Store } from './open-store.ts';
import { createTestStore } from './test-store.ts';

/** One store, as many instances and clients as a test wants; all are gone after it. */
let store: Store;
let instance: ReturnType<typeof createInMemoryFanOut>;
let board: PresenceBoard;
let ends: (() => unknown)[];

beforeEach(() => {
  store = createTestStore();
  instance = createInMemoryFanOut();
  board = createInMemoryPresenceBoard(systemClock);
  ends = [];
});
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
});

async function startServer(): Promise<SyncServer> {
  const silent = (): void => undefined;
  const server = await createSyncServer({
    config: { host: '127.0.0.1', port: 0, historyDays: 90 },
    store,
    fanOut: instance(),
    board,
    quotas: createInMemoryQuotas(systemClock),
    clock: systemClock,
    timers: systemTimers,
    logger: { info: silent, warn: silent, error: silent },
  });
  ends.push(server.stop);
  return server;
}

async function keyFor(role: Role, grants: readonly Grant[] = []): Promise<string> {
  const { stored, key } = makeKey({ role, grants, label: 'test' }, 0);
  await store.accounts.keys.add(stored);
  return key;
}

type Client = { doc: Y.Doc; provider: WebsocketProvider; closes: string[] };

/** An unmodified y-websocket client. */
function connect(server: SyncServer, document: string, token: string, doc = new Y.Doc()): Client {
  const provider = new WebsocketProvider(`${server.url.replace('http', 'ws')}/sync`, document, doc, {
    params: { token },
    disableBc: true,
  });
  const closes: string[] = [];
  provider.on('connection-close', (event) => closes.push(`${String(event?.code)} ${event?.reason ?? ''}`));
  ends.push(() => {
    provider.destroy();
    doc.destroy();
  });
  return { doc, provider, closes };
}

async function synced(...clients: Client[]): Promise<void> {
  await vi.waitFor(() => expect(clients.map(({ provider }) => provider.synced)).not.toContain(false), {
    timeout: 10_000,
  });
}

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000 });
const settings = ({ doc }: Client): unknown => doc.getMap('settings').toJSON();
const present = ({ provider }: Client): unknown[] => [...provider.awareness.getStates().values()];

describe('y-websocket clients', () => {
  it('meet: all see the same, also who comes late and who comes back', async () => {
    const server = await startServer();
    const token = await keyFor('operator');
    const clients = Array.from({ length: 4 }, () => connect(server, 'wall:main', token));
    await synced(...clients);
    clients.forEach(({ doc }, i) => doc.getMap('settings').set(`key${String(i)}`, i));
    const all = { key0: 0, key1: 1, key2: 2, key3: 3 };
    await until(() => expect(clients.map(settings)).toEqual([all, all, all, all]));
    const [first] = clients;
    first!.provider.disconnect();
    first!.doc.getMap('settings').set('offline', true);
    const late = connect(server, 'wall:main', token);
    await synced(late);
    expect(settings(late)).toEqual(all);
    first!.provider.connect();
    await until(() => expect(settings(late)).toEqual({ ...all, offline: true }));
  });

  it('[S19] find everything again on a server that was stopped and started', async () => {
    const first = await startServer();
    const token = await keyFor('operator');
    const [ana, reader] = [connect(first, 'wall:main', token), connect(first, 'wall:main', token)];
    await synced(ana, reader);
    ana.doc.getMap('settings').set('name', 'Night');
    await until(() => expect(settings(reader)).toEqual({ name: 'Night' }));
    await first.stop();
    await until(() => expect(ana.closes[0]).toBe('1012 restarting'));
    const second = await startServer();
    const ben = connect(second, 'wall:main', token);
    await synced(ben);
    expect(settings(ben)).toEqual({ name: 'Night' });
  });

  it('meet over two instances, people included', async () => {
    const [one, two] = [await startServer(), await startServer()];
    const token = await keyFor('operator');
    const [ana, ben] = [connect(one, 'wall:main', token), connect(two, 'wall:main', token)];
    await synced(ana, ben);
    ana.doc.getMap('settings').set('a', 1);
    ben.doc.getMap('settings').set('b', 2);
    ana.provider.awareness.setLocalState({ name: 'Ana' });
    await until(() => expect([settings(ana), settings(ben)]).toEqual(Array(2).fill({ a: 1, b: 2 })));
    await until(() => expect(present(ben)).toContainEqual({ name: 'Ana' }));
    ana.provider.disconnect();
    await until(() => expect(present(ben)).toHaveLength(1));
  });

  it('[S16] see who is there and who has left, and no ghosts', async () => {
    const server = await startServer();
    const token = await keyFor('operator');
    const clients = Array.from({ length: 3 }, () => connect(server, 'wall:main', token));
    await synced(...clients);
    clients.forEach(({ provider }, i) => provider.awareness.setLocalState({ name: i }));
    for (const client of clients) await until(() => expect(present(client)).toHaveLength(3));
    const [ana, ben, cara] = clients;
    ana!.provider.disconnect();
    await until(() => expect(present(ben!)).toHaveLength(2));
    const late = connect(server, 'wall:main', token);
    await synced(late);
    await until(() => expect(present(late)).toHaveLength(3));
    ana!.provider.connect();
    await until(() => expect(present(late)).toContainEqual({ name: 0 }));
    cara!.provider.awareness.setLocalState(null);
    await until(() => expect(present(late)).not.toContainEqual({ name: 2 }));
    await until(() => expect(present(ben!)).toHaveLength(3));
  });
});

describe('who may what', () => {
  const mayWrite: Record<string, readonly string[]> = {
    'admin catalogue': Object.keys(CATALOGUE_ROOTS),
    'admin wall': Object.keys(WALL_ROOTS),
    'operator catalogue': Object.keys(CATALOGUE_ROOTS),
    'operator wall': Object.keys(WALL_ROOTS),
    'monitor catalogue': [],
    'monitor wall': ['safety'],
    'viewer catalogue': [],
    'viewer wall': [],
    'service catalogue': ['streams', 'streamers', 'events', 'locations'],
  };

  it.each(Object.keys(mayWrite))(
    '[S12] %s: what it may write is kept, anything else ends the connection',
    async (who) => {
      const [role, kind] = who.split(' ') as [Role, 'catalogue' | 'wall'];
      const server = await startServer();
      const document = kind === 'wall' ? 'wall:main' : 'catalogue';
      const watcher = connect(server, document, await keyFor('viewer'));
      await synced(watcher);
      for (const [root, shape] of Object.entries(kind === 'wall' ? WALL_ROOTS : CATALOGUE_ROOTS)) {
        const client = connect(server, document, await keyFor(role));
        await synced(client);
        const generation = `gen#${role}`;
        client.doc.getMap(root).set(generation, shape === 'flat' ? 1 : new Y.Map([['x:1', { at: 1 }]]));
        if (mayWrite[who]?.includes(root)) {
          await until(() => expect(watcher.doc.getMap(root).has(generation)).toBe(true));
          expect(client.closes).toEqual([]);
        } else {
          await until(() => expect(client.closes).toEqual(['4403 forbidden-root']));
          expect(watcher.doc.getMap(root).has(generation)).toBe(false);
          expect(client.provider.shouldConnect).toBe(false);
        }
      }
    },
  );

  it('[S20] nobody without a key, no other documents, and no walls for a bot unless its key says so', async () => {
    const server = await startServer();
    const operator = await keyFor('operator');
    const cases: [string, string, string][] = [
      ['wall:main', '', '4401 not-signed-in'],
      ['wall:main', `${operator.slice(0, -1)}!`, '4401 not-signed-in'],
      ['other', operator, '4404 no-such-document'],
      ['wall:', operator, '4404 no-such-document'],
      ['wall:a/b', operator, '4404 no-such-document'],
      ['wall:main', await keyFor('service'), '4403 may-not-read'],
    ];
    for (const [document, token, close] of cases) {
      const client = connect(server, document, token);
      await until(() => expect(client.closes).toEqual([close]));
    }
    await synced(connect(server, 'wall:main', await keyFor('service', ['walls'])));
  });

  it('[S20] a key that is revoked lets go of who is connected by it', async () => {
    const server = await startServer();
    const { stored, key } = makeKey({ role: 'operator', grants: [], label: '' }, 0);
    await store.accounts.keys.add(stored);
    const client = connect(server, 'catalogue', key);
    await synced(client);
    await store.accounts.keys.revoke(stored.id, 0);
    await until(() => expect(client.closes).toEqual(['4401 not-signed-in']));
  });

  it('[S13] a client that forges somebody else’s Yjs client id is closed, and nothing of it is kept', async () => {
    const server = await startServer();
    const ana = connect(server, 'wall:main', await keyFor('monitor'));
    await synced(ana);
    ana.doc.getMap('safety').set('censor:1', { by: 'ana' });
    const mallory = connect(server, 'wall:main', await keyFor('monitor'));
    await until(() => expect(mallory.doc.getMap('safety').size).toBe(1));
    const own = mallory.doc.clientID;
    mallory.doc.clientID = ana.doc.clientID;
    mallory.doc.getMap('safety').set('censor:2', { by: 'ana' });
    mallory.doc.clientID = own;
    await until(() => expect(mallory.closes).toEqual(['4403 forged-author']));
    ana.doc.getMap('safety').set('censor:3', { by: 'ana' });
    await until(async () => expect(await store.log.last('wall:main')).toBe(2));
    expect(ana.closes).toEqual([]);
  });
});

describe('hostile connections', () => {
  const raw = async (server: SyncServer, token: string): Promise<RawSocket> => {
    const socket = new RawSocket(`${server.url.replace('http', 'ws')}/sync/wall:main?token=${token}`);
    ends.push(() => socket.terminate());
    await new Promise((resolve) => socket.once('open', resolve));
    return socket;
  };
  const closeOf = async (socket: RawSocket): Promise<string> =>
    new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve(`${String(code)} ${reason.toString()}`)),
    );
  const message = (...parts: (number | Uint8Array)[]): Uint8Array => {
    const encoder = encoding.createEncoder();
    for (const part of parts) {
      if (typeof part === 'number') encoding.writeVarUint(encoder, part);
      else encoding.writeVarUint8Array(encoder, part);
    }
    return encoding.toUint8Array(encoder);
  };

  it.each([
    ['text', 'hello', '4400 text-frame'],
    ['an empty frame', new Uint8Array(0), '4400 malformed'],
    ['half a message', message(0, 2, Uint8Array.of(1, 2, 3)).subarray(0, 4), '4400 malformed'],
    ['bytes after a message', Uint8Array.of(0, 2, 2, 0, 0, 7), '4400 malformed'],
    ['an unknown kind of sync message', message(0, 9, Uint8Array.of(0)), '4400 malformed'],
    ['an update that is none', message(0, 2, Uint8Array.of(9, 9, 9, 9, 9)), '4400 malformed'],
    [
      'an update that counts to two billion',
      message(0, 2, Uint8Array.of(1, 255, 255, 255, 255, 7, 1, 0, 0)),
      '4400 malformed',
    ],
    ['a question that is none', message(0, 0, Uint8Array.of(255, 255, 255)), '4400 malformed'],
    ['presence that is none', message(1, Uint8Array.of(5, 5)), '4400 malformed'],
    ['presence that is no JSON', message(1, Uint8Array.of(1, 9, 0, 1, 0x7b)), '4400 malformed'],
    ['presence of 20,000 bytes', message(1, presenceOf('x'.repeat(20_000))), '4413 presence-too-large'],
  ])('[S17] %s costs one connection', async (_, bytes, close) => {
    const server = await startServer();
    const token = await keyFor('operator');
    const good = connect(server, 'wall:main', token);
    await synced(good);
    const socket = await raw(server, token);
    const closed = closeOf(socket);
    socket.send(bytes);
    expect(await closed).toBe(close);
    good.doc.getMap('settings').set('name', 'still here');
    await until(async () => expect(await store.log.last('wall:main')).toBe(1));
    expect(good.closes).toEqual([]);
  });

  it('[S17] more than a message may hold, more messages and more questions than one may send', async () => {
    const server = await startServer();
    const token = await keyFor('operator');
    const flood = await raw(server, token);
    const closed = closeOf(flood);
    for (let i = 0; i < 150_000 && flood.readyState === RawSocket.OPEN; i++) flood.send(message(3));
    expect(await closed).toBe('4529 too-many-messages');
    const curious = await raw(server, token);
    const ended = closeOf(curious);
    for (let i = 0; i < 200; i++) curious.send(message(0, 0, Uint8Array.of(0)));
    expect(await ended).toBe('4529 too-many-messages');
    const huge = await raw(server, token);
    const cut = closeOf(huge);
    huge.send(new Uint8Array(70 * 1024 * 1024));
    expect(await cut).toMatch(/^(1006|1009)/);
  });

  it('[S17] whatever frames are thrown at it, it goes on, and nothing is stored that nobody may write', async () => {
    const seed = Number(process.env['STREAMWALL_SEED'] ?? Date.now()) >>> 0;
    const frames = process.env['STREAMWALL_LONG'] === '1' ? 100_000 : 2_000;
    const server = await startServer();
    const token = await keyFor('operator');
    const good = connect(server, 'wall:main', token);
    await synced(good);
    good.doc.getMap('settings').set('name', 'Night');
    await until(async () => expect(await store.log.last('wall:main')).toBe(1));
    const update = Y.encodeStateAsUpdate(good.doc);
    const models = [
      message(0, 0, Y.encodeStateVector(good.doc)),
      message(0, 1, update),
      message(0, 2, update),
    ];
    models.push(message(1, presenceOf('hello')));
    const next = createDice(seed);
    const viewer = await keyFor('viewer');
    let socket = await raw(server, viewer);
    for (let i = 0; i < frames; i++) {
      if (socket.readyState !== RawSocket.OPEN) socket = await raw(server, viewer);
      const bytes = models[next(models.length)]!.slice();
      for (let change = next(5); change >= 0; change--) bytes[next(bytes.length)] = next(256);
      socket.send(next(4) === 0 ? bytes.subarray(0, next(bytes.length)) : bytes);
      if (i % 50 === 0) await new Promise(setImmediate);
    }
    good.doc.getMap('settings').set('name', `after seed ${String(seed)}`);
    await until(async () => expect(await store.log.last('wall:main')).toBe(2));
    expect(good.closes).toEqual([]);
  }, 600_000);

  it('[S18] a reader that stops reading is cut off; others get everything', async () => {
    const server = await startServer();
    const token = await keyFor('operator');
    const [ana, ben] = [connect(server, 'wall:main', token), connect(server, 'wall:main', token)];
    await synced(ana, ben);
    const stalled = await raw(server, token);
    stalled.send(message(0, 0, Uint8Array.of(0)));
    await new Promise((resolve) => stalled.once('message', resolve));
    stalled.pause();
    const text = 'x'.repeat(1_000_000);
    for (let i = 0; i < 20; i++) {
      ana.doc.getMap('settings').set('big', text + String(i));
      await until(() => expect(ben.doc.getMap('settings').get('big')).toBe(text + String(i)));
    }
    const answer = await fetch(`${server.url}/metrics`);
    const words = await answer.text();
    expect(words).toContain('streamwall_connections_closed_total{reason="slow-reader"} 1');
    expect(words).toContain('streamwall_connections 2');
  });

  it('[S22] a client that does nothing is sent something every few seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    ends.push(() => vi.useRealTimers());
    const server = await startServer();
    const socket = await raw(server, await keyFor('viewer'));
    const messages: string[] = [];
    socket.on('message', (data: Buffer) => messages.push(data.toString('hex')));
    for (let second = 0; second < 40; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      await new Promise(setImmediate);
    }
    await vi.waitUntil(() => messages.length >= 2);
    expect(messages).toContain('010100');
  });
});

function presenceOf(text: string): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [1, 9, 0]) encoding.writeVarUint(encoder, number);
  encoding.writeVarString(encoder, JSON.stringify({ text }));
  return encoding.toUint8Array(encoder);
}

/** The same numbers for the same seed. */
function createDice(seed: number): (sides: number) => number {
  let state = seed || 1;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}
