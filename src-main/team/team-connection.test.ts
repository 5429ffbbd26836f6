import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { applyAwarenessUpdate, Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createListeners } from '#shared/kernel/listeners.ts';
import { ActorId, TileId } from '#shared/model/ids.ts';
import type { Role } from '#shared/model/role.ts';
import {
  DIALECT_MESSAGE,
  readClientMessage,
  writeServerMessage,
} from '#shared/protocol/sync-message-bytes.ts';
import type { ClientMessage } from '#shared/protocol/sync-messages.ts';
import { readInvitation, type TeamState } from '#shared/protocol/team-state.ts';
import { readFarDelays } from '#shared/protocol/delay-presence.ts';
import { readShownTiles } from '#shared/protocol/tile-presence.ts';
import type { TileReport } from '#shared/protocol/tile-report.ts';
import { addStream, must, openTestReplica, placeStream, WALL } from '#shared/replica/test-replica.ts';
import { openNodeSocket, systemTimers } from '#shared/replica/sync-websocket.ts';
import { createAccountDoor, type AccountDoor } from './account-door.ts';
import { TeamConnection } from './team-connection.ts';
import { createTeamSettingsFile } from './team-settings-file.ts';

const DESK = ActorId.parse('desk');
const ANA = ActorId.parse('user:ana');
/** Of the y-websocket protocol. */
const AWARENESS_MESSAGE = 1;
const NO_LOCK = { isAvailable: () => false, seal: () => new Uint8Array(), open: () => '' };

let folder: string;
let ends: (() => unknown)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamwall-team-'));
  ends = [() => rmSync(folder, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
});

/** A server that greets, holds nothing, and saves whatever it is sent. */
async function startServer(role: Role = 'operator') {
  const heard: { document: string; message: ClientMessage }[] = [];
  const sockets = new Map<string, WebSocket>();
  const passes: string[] = [];
  const rooms = new Map<string, Awareness>();
  const roomOf = (document: string): Awareness => {
    const room = rooms.get(document) ?? new Awareness(new Y.Doc());
    rooms.set(document, room);
    return room;
  };
  ends.push(() => {
    for (const room of rooms.values()) room.destroy();
  });
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  ends.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket, request) => {
    const document = (request.url ?? '').replace(/^\/sync\/|\?.*$/g, '');
    sockets.set(document, socket);
    passes.push(request.headers.authorization ?? '');
    const rights = { actor: ANA, role, writable: ['streams'], mayCarry: role !== 'viewer' };
    const holds = {
      storeId: '0123456789abcdef',
      storeIsEmpty: true,
      othersAreStale: false,
      last: 0,
      stateVector: Uint8Array.of(0),
    };
    socket.send(writeServerMessage({ type: 'hello', hello: { ...holds, ...rights, document, nowMs: 0 } }));
    socket.on('message', (data: Buffer) => {
      const decoder = decoding.createDecoder(new Uint8Array(data));
      const kind = decoding.readVarUint(decoder);
      if (kind === AWARENESS_MESSAGE)
        applyAwarenessUpdate(roomOf(document), decoding.readVarUint8Array(decoder), null);
      if (kind !== DIALECT_MESSAGE) return;
      const message = readClientMessage(decoder);
      if (message === undefined) return;
      heard.push({ document, message });
      if (message.type === 'resume') socket.send(Uint8Array.of(0, 1, 2, 0, 0));
      if (message.type === 'edit') socket.send(writeServerMessage({ type: 'saved', n: message.n }));
    });
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const shown = (document: string): ReadonlyMap<number, unknown> => roomOf(document).getStates();
  return { url: `http://127.0.0.1:${String(port)}`, heard, sockets, passes, shown };
}

const BROADCAST = { delaySeconds: 15, censor: 'on', stream: 'running', startedAtMs: 5 } as const;
const NO_ACCOUNTS: AccountDoor = createAccountDoor(async () => Promise.reject(new Error('not asked here')));

async function openDesk(account = NO_ACCOUNTS, now = { ms: 0 }) {
  const replica = await openTestReplica(undefined, { actor: DESK, role: 'admin' });
  must(await replica.send(addStream('mine')));
  must(await replica.send(placeStream('a', 'mine', 0, 0)));
  const reports = { now: [] as readonly TileReport[], changed: createListeners<readonly TileReport[]>() };
  const report = (now: readonly TileReport[]): void => {
    reports.now = now;
    reports.changed.tell(now);
  };
  const connect = (): TeamConnection => {
    const team = new TeamConnection({
      replica,
      settings: createTeamSettingsFile(join(folder, 'team.json'), NO_LOCK),
      openSocket: openNodeSocket,
      timers: systemTimers,
      account,
      clock: { nowMs: () => now.ms },
      wall: WALL,
      outputs: {
        shown: () => [WALL],
        onState: () => () => undefined,
        screen: () => ({
          signal: async (tile, signal) => Promise.resolve({ type: 'done', words: `${signal} ${tile}` }),
          reports: () => reports.now,
          onReports: reports.changed.add,
        }),
      },
      delay: {
        shown: () => ({ at: 'mark-0001', heard: { type: 'known', ...BROADCAST } }),
        obey: async (at, wish) =>
          Promise.resolve(at === 'mark-0001' ? { ok: true, value: { words: wish.type } } : undefined),
        onState: () => () => undefined,
      },
      alone: DESK,
    });
    ends.push(() => team.close());
    return team;
  };
  ends.push(async () => replica.close());
  return { replica, connect, report };
}

const lineOf = (state: TeamState): string => (state.type === 'alone' ? 'alone' : state.sync.line.type);

describe('a desk', () => {
  it('joins, answers the question about the store, is in step, and is alone again, all without a restart', async () => {
    const { url, heard } = await startServer();
    const { replica, connect } = await openDesk();
    const team = connect();
    const told: string[] = [];
    team.onChange((state) => told.push(lineOf(state)));
    expect(team.state()).toEqual({ type: 'alone' });
    expect(await team.join({ server: url, key: 'a key', name: 'Ana' })).toEqual({ ok: true, value: {} });
    await vi.waitFor(() => expect(lineOf(team.state())).toBe('asking'));
    expect(heard).toEqual([]);
    await team.answerStore('yes');
    await vi.waitFor(() =>
      expect(team.state()).toMatchObject({
        type: 'member',
        server: url,
        isKeySealed: false,
        sync: { line: { type: 'in-step' }, unsaved: 0, account: { actor: 'user:ana', role: 'operator' } },
      }),
    );
    const carried = heard.filter(({ message }) => message.type === 'edit' && message.carried);
    expect(carried.map(({ document }) => document).sort()).toEqual(['catalogue', 'wall:main']);
    must(await replica.send(addStream('more')));
    await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ message: { type: 'edit', carried: false } }));

    team.connect(false);
    expect(lineOf(team.state())).toBe('off');
    team.connect(true);
    await vi.waitFor(() => expect(lineOf(team.state())).toBe('in-step'));
    must(await team.leave());
    expect([team.state(), replica.sync.team()]).toEqual([{ type: 'alone' }, null]);
    expect(told).toEqual(expect.arrayContaining(['connecting', 'asking', 'in-step', 'off', 'alone']));
  });

  it('is a viewer’s offline, too, and connects by itself after its next start', async () => {
    const { url } = await startServer('viewer');
    const { replica, connect } = await openDesk();
    const first = connect();
    await first.join({ server: url, key: 'a key' });
    await vi.waitFor(() => expect(lineOf(first.state())).toBe('asking'));
    await first.answerStore('yes');
    await vi.waitFor(() => expect(first.state()).toMatchObject({ sync: { serverLacks: true } }));
    first.close();
    replica.actAs(DESK, 'admin');
    const second = connect();
    expect(second.state()).toMatchObject({ sync: { account: { actor: 'user:ana', role: 'viewer' } } });
    expect(await replica.send(addStream('more'))).toMatchObject({
      ok: false,
      error: { reason: 'forbidden' },
    });
    await vi.waitFor(() => expect(lineOf(second.state())).toBe('in-step'));
  });

  it('does at its wall what a signal of the team asks for', async () => {
    const { url, heard, sockets } = await startServer();
    const { connect } = await openDesk();
    const team = connect();
    await team.join({ server: url, key: 'a key' });
    await vi.waitFor(() => expect(lineOf(team.state())).toBe('asking'));
    await team.answerStore('yes');
    await vi.waitFor(() =>
      expect(heard).toContainEqual({ document: 'wall:main', message: { type: 'output', shown: true } }),
    );
    const signal = { id: 'x1', signal: 'reload', tile: TileId.parse('a') } as const;
    sockets.get('wall:main')?.send(writeServerMessage({ type: 'signal', signal }));
    await vi.waitFor(() =>
      expect(heard.at(-1)).toEqual({
        document: 'wall:main',
        message: { type: 'signal-answer', answer: { id: 'x1', outcome: 'done', words: 'reload a' } },
      }),
    );
  });

  it('shows others at its wall its Streamdelay server, and asks of it what they ask', async () => {
    const { url, heard, sockets, shown } = await startServer();
    const { connect } = await openDesk();
    const team = connect();
    await team.join({ server: url, key: 'a key', name: 'Desk 1' });
    await vi.waitFor(() => expect(lineOf(team.state())).toBe('asking'));
    await team.answerStore('yes');
    const told = { at: 'mark-0001', machine: 'Desk 1', heard: { type: 'known', ...BROADCAST } };
    await vi.waitFor(() => expect(readFarDelays(shown('wall:main'), [], 0)).toEqual([told]));
    expect(readFarDelays(shown('catalogue'), [], 0)).toEqual([]);
    const asked = { signal: 'ask-delay', wish: { type: 'censor', on: false } } as const;
    const answers = () => heard.flatMap(({ message }) => (message.type === 'signal-answer' ? [message] : []));
    for (const [id, at] of [
      ['x1', 'mark-0001'],
      ['x2', 'mark-0000'],
    ] as const)
      sockets.get('wall:main')?.send(writeServerMessage({ type: 'signal', signal: { id, at, ...asked } }));
    await vi.waitFor(() =>
      expect(answers()).toMatchObject([
        { answer: { id: 'x1', outcome: 'done', words: 'censor' } },
        { answer: { id: 'x2', outcome: 'no-such-tile' } },
      ]),
    );
  });

  it('shows others at its wall how the tiles are doing, and takes that back when it leaves', async () => {
    const { url, shown } = await startServer();
    const { connect, report } = await openDesk();
    const team = connect();
    await team.join({ server: url, key: 'a key', name: 'Desk 1' });
    await vi.waitFor(() => expect(lineOf(team.state())).toBe('asking'));
    await team.answerStore('yes');
    const tile = TileId.parse('a');
    const words = 'The page crashed. Trying again in 4 s.';
    const failed = { state: 'retrying', fault: 'crashed', words, sinceMs: 5, retryAtMs: 9 } as const;
    report([{ tile, ...failed }]);
    await vi.waitFor(() => expect(readShownTiles(shown('wall:main'))).toEqual([{ tile, ...failed }]));
    expect(readShownTiles(shown('catalogue'))).toEqual([]);
    report([{ tile, state: 'playing', fault: null, words: '', sinceMs: 9, retryAtMs: null }]);
    await vi.waitFor(() =>
      expect(readShownTiles(shown('wall:main'))).toMatchObject([{ tile, state: 'playing' }]),
    );
  });

  it('goes on as before when the server is not there', async () => {
    const { replica, connect } = await openDesk();
    const team = connect();
    await team.join({ server: 'http://127.0.0.1:9', key: 'a key' });
    await vi.waitFor(() => expect(lineOf(team.state())).toBe('offline'));
    must(await replica.send(addStream('more')));
    expect(replica.catalogue().streams.size).toBe(2);
  });

  it('signs in as a person, and shows a fresh token when the one it has runs out, also after its next start', async () => {
    const { url, passes, sockets } = await startServer();
    const asked: string[] = [];
    let count = 0;
    const now = { ms: 0 };
    const account = createAccountDoor(async (address, init) => {
      const { pathname } = new URL(address instanceof Request ? address.url : address);
      asked.push(`${pathname} ${typeof init?.body === 'string' ? init.body : ''}`);
      count += 1;
      const expires_at = new Date(now.ms + 3_600_000).toISOString();
      const answer = { token: `access-${String(count)}`, refresh_token: `swr_${String(count)}`, expires_at };
      return Promise.resolve(Response.json(answer));
    });
    const { connect } = await openDesk(account, now);
    const first = connect();
    must(await first.join({ server: url, email: 'ana@example.org', password: 'secret' }));
    await vi.waitFor(() => expect(lineOf(first.state())).toBe('asking'));
    await first.answerStore('yes');
    await vi.waitFor(() => expect(lineOf(first.state())).toBe('in-step'));
    expect(asked).toEqual(['/api/v1/login {"user":{"email":"ana@example.org","password":"secret"}}']);
    expect(new Set(passes)).toEqual(new Set(['Bearer access-1']));
    now.ms += 3_599_000;
    sockets.get('catalogue')?.terminate();
    sockets.get('wall:main')?.terminate();
    await vi.waitFor(() => expect(passes.slice(-2)).toEqual(['Bearer access-2', 'Bearer access-2']));
    expect(asked.slice(1)).toEqual(['/api/v1/tokens/refresh {"refresh_token":"swr_1"}']);
    first.close();
    connect();
    await vi.waitFor(() => expect(passes.slice(-2)).toEqual(['Bearer access-3', 'Bearer access-3']));
    expect(asked.at(-1)).toBe('/api/v1/tokens/refresh {"refresh_token":"swr_2"}');
  });

  it('uses an invitation up, and says in words why one cannot be used', async () => {
    const { url } = await startServer();
    const asked: string[] = [];
    const answers = [
      Response.json({ code: 'no-such-invite' }, { status: 410 }),
      Response.json({ code: 'invalid', details: { password: ['is too short'] } }, { status: 422 }),
      Response.json({
        token: 'access',
        refresh_token: 'swr_1',
        expires_at: new Date(3_600_000).toISOString(),
      }),
    ];
    const account = createAccountDoor(async (address, init) => {
      asked.push(
        `${new URL(address instanceof Request ? address.url : address).pathname} ${typeof init?.body === 'string' ? init.body : ''}`,
      );
      return Promise.resolve(answers.shift() ?? Response.error());
    });
    const { connect } = await openDesk(account, { ms: 0 });
    const team = connect();
    const http = url.replace(/^ws/, 'http');
    const invitation = readInvitation(` ${http}/invite/swi_0123456789 `);
    expect(invitation).toEqual({ server: http, invite: 'swi_0123456789' });
    const wanted = {
      server: url,
      invite: 'swi_0123456789',
      name: 'Ana',
      email: 'a@example.org',
      password: 'x',
    };
    expect(await team.join(wanted)).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/ask for a new one/i) as unknown },
    });
    expect(await team.join(wanted)).toMatchObject({ error: { message: 'password: is too short.' } });
    must(await team.join(wanted));
    await vi.waitFor(() => expect(lineOf(team.state())).toBe('asking'));
    expect(asked[0]).toBe(
      '/api/v1/invites/accept {"token":"swi_0123456789","name":"Ana","email":"a@example.org","password":"x"}',
    );
  });

  it('stays in its team when another does not let the person in', async () => {
    const { url } = await startServer();
    const refuse = async () => Promise.resolve(Response.json({ code: 'wrong-credentials' }, { status: 401 }));
    const { connect } = await openDesk(createAccountDoor(refuse));
    const team = connect();
    must(await team.join({ server: url, key: 'a key' }));
    const answer = await team.join({
      server: 'http://127.0.0.1:9',
      email: 'ana@example.org',
      password: 'wrong',
    });
    expect(answer).toMatchObject({ ok: false, error: { reason: 'forbidden' } });
    expect(team.state()).toMatchObject({ type: 'member', server: url });
  });
});
