import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { ActorId, TileId } from '#shared/model/ids.ts';
import type { Role } from '#shared/model/role.ts';
import {
  DIALECT_MESSAGE,
  readClientMessage,
  writeServerMessage,
} from '#shared/protocol/sync-message-bytes.ts';
import type { ClientMessage } from '#shared/protocol/sync-messages.ts';
import type { TeamState } from '#shared/protocol/team-state.ts';
import { addStream, must, openTestReplica, placeStream, WALL } from '#shared/replica/test-replica.ts';
import { openNodeSocket, systemTimers } from '#shared/replica/sync-websocket.ts';
import { TeamConnection } from './team-connection.ts';
import { createTeamSettingsFile } from './team-settings-file.ts';

const DESK = ActorId.parse('desk');
const ANA = ActorId.parse('user:ana');
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
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  ends.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket, request) => {
    const document = (request.url ?? '').replace(/^\/sync\/|\?.*$/g, '');
    sockets.set(document, socket);
    const rights = { actor: ANA, role, writable: ['streams'], mayCarry: role !== 'viewer' };
    const holds = { storeId: '0123456789abcdef', storeIsEmpty: true, last: 0, stateVector: Uint8Array.of(0) };
    socket.send(writeServerMessage({ type: 'hello', hello: { ...holds, ...rights, document, nowMs: 0 } }));
    socket.on('message', (data: Buffer) => {
      const decoder = decoding.createDecoder(new Uint8Array(data));
      if (decoding.readVarUint(decoder) !== DIALECT_MESSAGE) return;
      const message = readClientMessage(decoder);
      if (message === undefined) return;
      heard.push({ document, message });
      if (message.type === 'resume') socket.send(Uint8Array.of(0, 1, 2, 0, 0));
      if (message.type === 'edit') socket.send(writeServerMessage({ type: 'saved', n: message.n }));
    });
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${String(port)}`, heard, sockets };
}

async function openDesk() {
  const replica = await openTestReplica(undefined, { actor: DESK, role: 'admin' });
  must(await replica.send(addStream('mine')));
  must(await replica.send(placeStream('a', 'mine', 0, 0)));
  const connect = (): TeamConnection => {
    const team = new TeamConnection({
      replica,
      settings: createTeamSettingsFile(join(folder, 'team.json'), NO_LOCK),
      openSocket: openNodeSocket,
      timers: systemTimers,
      wall: WALL,
      screen: {
        signal: async (tile, signal) => Promise.resolve({ type: 'done', words: `${signal} ${tile}` }),
      },
      alone: DESK,
    });
    ends.push(() => team.close());
    return team;
  };
  ends.push(async () => replica.close());
  return { replica, connect };
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
    expect(team.join({ server: url, key: 'a key', name: 'Ana' })).toEqual({ ok: true, value: {} });
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
    first.join({ server: url, key: 'a key' });
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
    team.join({ server: url, key: 'a key' });
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

  it('goes on as before when the server is not there', async () => {
    const { replica, connect } = await openDesk();
    const team = connect();
    team.join({ server: 'http://127.0.0.1:9', key: 'a key' });
    await vi.waitFor(() => expect(lineOf(team.state())).toBe('offline'));
    must(await replica.send(addStream('more')));
    expect(replica.catalogue().streams.size).toBe(2);
  });
});
