import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { writeClientMessage } from '#shared/protocol/sync-message-bytes.ts';
import { SYNC_DIALECT } from '#shared/protocol/sync-messages.ts';
import { readDocumentName, type ServedDocument } from './documents/document-name.ts';
import { loadRoomDocument } from './documents/room-document.ts';
import { readSyncMessage } from './gateway/read-sync-message.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';
import { median, residentBytes } from './test-memory.ts';
import { startServerProcess } from './test-process.ts';

const WALL = readDocumentName('wall:main') as ServedDocument;
const isLong = process.env['STREAMWALL_LONG'] === '1';
const FRAMES = isLong ? 100_000 : 1_500;
const HANDS = 6;
const seed = Number(process.env['STREAMWALL_SEED'] ?? Date.now()) >>> 0;

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.remove());

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 20 });

/** The same numbers for the same seed. */
function createDice(start: number): (sides: number) => number {
  let state = start || 1;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function message(...parts: (number | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
}

/** What a client sends for one edit of its own copy. */
function editOf(state: Uint8Array, edit: (doc: Y.Doc) => void): Uint8Array {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, state);
  const before = Y.encodeStateVector(copy);
  copy.transact(() => edit(copy));
  const update = Y.encodeStateAsUpdate(copy, before);
  copy.destroy();
  return update;
}

/** Frames as honest clients send them, for the document as it is now; most are then broken. */
function modelFrames(doc: Y.Doc, next: (sides: number) => number): Uint8Array[] {
  const state = Y.encodeStateAsUpdate(doc);
  const stateVector = Y.encodeStateVector(doc);
  const record = new Y.Map([['stream', 'a']]);
  const updates = [
    (copy: Y.Doc) => copy.getMap('settings').set(`key${String(next(20))}`, { v: next(100), t: 'x' }),
    (copy: Y.Doc) => copy.getMap('safety').set(`blur:tile:${String(next(20))}`, { by: 'x' }),
    (copy: Y.Doc) => copy.getMap('tiles').set(`gen#${String(next(8))}`, new Y.Map([['tile', record]])),
    (copy: Y.Doc) => copy.getMap('settings').delete(`key${String(next(20))}`),
  ].map((edit) => editOf(state, edit));
  return [
    message(0, 0, stateVector),
    message(0, 1, state),
    message(1, message(1, 9, 0, new TextEncoder().encode('{"name":"x"}'))),
    message(3),
    writeClientMessage({ type: 'resume', stateVector }),
    writeClientMessage({ type: 'output', shown: true }),
    ...updates.flatMap((update) => [
      message(0, 2, update),
      writeClientMessage({ type: 'edit', n: 1, carried: next(4) === 0, update }),
    ]),
  ];
}

function mutate(frame: Uint8Array, next: (sides: number) => number): Uint8Array {
  const bytes = frame.slice();
  // One in four goes as it is, so that the server has something to take as well.
  if (next(4) === 0) return bytes;
  for (let change = next(4); change >= 0; change--) bytes[next(bytes.length)] = next(256);
  return next(4) === 0 ? bytes.subarray(0, next(bytes.length)) : bytes;
}

/** A connection that is made anew whenever the server has had enough of it. */
async function openHand(address: string, key: string, isDialect: boolean) {
  const query = `token=${key}${isDialect ? `&dialect=${SYNC_DIALECT}` : ''}`;
  let socket: WebSocket | undefined;
  const open = async (): Promise<WebSocket> => {
    if (socket?.readyState === WebSocket.OPEN) return socket;
    const made = new WebSocket(`${address}/${WALL.name}?${query}`);
    socket = made;
    await new Promise((resolve) => {
      made.once('open', resolve);
      made.once('error', resolve);
    });
    return open();
  };
  /** Resolves once the server has looked at it. */
  const send = async (bytes: Uint8Array): Promise<void> => {
    const to = await open();
    await new Promise<void>((resolve) => {
      const done = (): void => {
        to.off('pong', done).off('close', done);
        resolve();
      };
      to.on('pong', done).on('close', done);
      to.send(bytes);
      to.ping();
    });
  };
  return { send, end: () => socket?.terminate() };
}

it(`[S17] whatever is thrown at it, it goes on, keeps its size and stores only what somebody may write (seed ${String(seed)})`, async () => {
  const server = await startServerProcess({ DATABASE_URL: database.postgres.url, LOG_LEVEL: 'silent' });
  const address = `${server.url.replace('http', 'ws')}/sync`;
  const owner = await database.key('operator');
  const good = new WebsocketProvider(address, WALL.name, new Y.Doc(), {
    params: { token: owner.key },
    disableBc: true,
  });
  const permitted = new Set<string>();
  const note = (update: Uint8Array): void => void permitted.add(Buffer.from(update).toString('base64'));
  good.doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== good) note(update);
  });
  const next = createDice(seed);
  const roles = ['operator', 'monitor', 'viewer'] as const;
  const hands = await Promise.all(
    Array.from({ length: HANDS }, async (_, i) => {
      const role = roles[i % roles.length] ?? 'viewer';
      const isDialect = i >= roles.length;
      const { key } = await database.key(role);
      return { role, isDialect, ...(await openHand(address, key, isDialect)) };
    }),
  );
  try {
    await until(() => expect(good.synced).toBe(true));
    good.doc.getMap('settings').set('name', 'Night');
    const memory: number[] = [];
    let models: Uint8Array[] = [];
    for (let i = 0; i < FRAMES; i += HANDS) {
      if (i % (HANDS * 10) === 0) models = modelFrames(good.doc, next);
      const frames = hands.map(() => mutate(models[next(models.length)] ?? new Uint8Array(1), next));
      await Promise.all(
        hands.map(async ({ role, isDialect, send }, hand) => {
          const bytes = frames[hand] ?? new Uint8Array(1);
          const read = readSyncMessage(bytes, isDialect);
          if (role !== 'viewer' && read !== undefined && 'update' in read) note(read.update);
          await send(bytes);
        }),
      );
      if (i % (HANDS * 10) === 0) memory.push(residentBytes(server.child.pid));
    }
    good.doc.getMap('settings').set('name', 'still here');
    const { doc } = good;
    await until(async () => {
      const stored = (await loadRoomDocument(WALL, database.log)).doc;
      expect(stored.getMap('settings').get('name')).toBe('still here');
      expect(stored.toJSON()).toEqual(doc.toJSON());
    });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const rows = await database.log.read(WALL.name, 0, 1_000_000);
    expect(rows.length).toBeGreaterThan(10);
    for (const { number, actor, bytes } of rows)
      expect({ number, actor, wasSent: permitted.has(Buffer.from(bytes).toString('base64')) }).toMatchObject({
        wasSent: true,
      });
    // A tenth of it fills the server's caches and code; after that it keeps its size.
    const tenth = Math.ceil(memory.length / 10);
    expect(median(memory.slice(-tenth)) / median(memory.slice(tenth, 2 * tenth + 1))).toBeLessThan(1.2);
  } finally {
    for (const { end } of hands) end();
    good.destroy();
    good.doc.destroy();
    await server.end('SIGKILL');
  }
}, 1_200_000);
