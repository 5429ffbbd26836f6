import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '#shared/document/command.ts';
import type { WallView } from '#shared/document/view.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { TileId, WallId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import type { ControlEvent } from '#shared/protocol/ipc-contract.ts';
import { openReplicaDatabase } from '#shared/replica/open-replica-database.ts';
import { openNodeSocket, systemTimers } from '#shared/replica/sync-websocket.ts';
import { createWallOutputsFile } from './windows/wall-outputs-file.ts';
import { createStatusSettingsFile } from './status-checker/status-settings-file.ts';
import { createSourceSettingsFile } from './sources/source-settings-file.ts';
import { createTeamSettingsFile } from './team/team-settings-file.ts';
import { createDesktop, type Desktop } from './create-desktop.ts';
import { createDelaySettingsFile } from './delay/delay-settings-file.ts';
import { startDemoServer } from './demo-channels/demo-server.ts';
import { demoPortOf } from './first-wall.ts';
import type { RunningWall } from './wall/running-wall.ts';

const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A system without a lock for secrets. */
const NO_LOCK = {
  isAvailable: () => false,
  seal: () => new Uint8Array(),
  open: () => '',
};

let folder: string;
let open: Desktop[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamwall-desk-'));
  open = [];
});
afterEach(async () => {
  for (const desktop of open) await desktop.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A wall on no screen: remembers what it was told to show. */
function wallOnNoScreen(shown: WallView[], onClosed: () => void): RunningWall {
  return {
    show: (wall) => shown.push(wall),
    signal: async (tile) =>
      Promise.resolve({
        type: shown.at(-1)?.tiles.some(({ id }) => id === tile) === true ? 'done' : 'no-such-tile',
      }),
    place: () => undefined,
    dress: () => undefined,
    at: () => ({ x: 0, y: 0, width: 1280, height: 720 }),
    stills: () => [],
    onStills: () => () => undefined,
    onLevels: () => () => undefined,
    reports: () => [],
    onReports: () => () => undefined,
    capture: async () => Promise.resolve(Buffer.alloc(0)),
    whenAllPlay: async () => Promise.resolve(true),
    close: async () => {
      onClosed();
      return Promise.resolve();
    },
  };
}

async function start(demoPort = 0) {
  const shown: WallView[] = [];
  const created = await createDesktop({
    openDatabase: async () =>
      openReplicaDatabase({
        file: join(folder, 'streamwall.db'),
        workerUrl: pathToFileURL(join(import.meta.dirname, '../shared/replica/compact-worker.ts')),
        clock: systemClock,
        program: 'a test',
      }),
    startDemoChannels: async (port) => {
      const started = await startDemoServer({
        clipsFolder: join(import.meta.dirname, 'demo-channels/clips'),
        port,
        clock: systemClock,
      });
      return started.ok ? ok(started.value) : fail(`Port ${String(started.error.takenPort)} is taken.`);
    },
    openRunningWall: async ({ onClosed }) => Promise.resolve(wallOnNoScreen(shown, onClosed)),
    displays: { now: () => [], onChange: () => () => undefined },
    wallOutputs: createWallOutputsFile(join(folder, 'screens.json'), silent),
    teamSettings: createTeamSettingsFile(join(folder, 'team.json'), NO_LOCK),
    delaySettings: createDelaySettingsFile(join(folder, 'delay.json'), NO_LOCK),
    statusSettings: createStatusSettingsFile(join(folder, 'status.json')),
    startStatusWorker: () => ({ tell: () => undefined, stop: () => Promise.resolve() }),
    sources: createSourceSettingsFile(join(folder, 'sources.json')),
    sites: {
      list: async () => Promise.resolve([]),
      clear: async () => Promise.resolve(),
      open: () => undefined,
      close: () => undefined,
    },
    openSocket: openNodeSocket,
    timers: systemTimers,
    fetch,
    demoPort,
    newWallId: () => WallId.parse('wall-1'),
    versions: { app: '0', electron: '0' },
    clock: systemClock,
  });
  if (created.ok) open.push(created.value);
  return { created, shown };
}

async function started(demoPort?: number) {
  const { created, shown } = await start(demoPort);
  if (!created.ok) throw new Error(created.error);
  const events: ControlEvent[] = [];
  created.value.control.onEvent((event) => events.push(event));
  const { handlers } = created.value.control;
  return {
    desktop: created.value,
    shown,
    events,
    snapshot: async () => handlers['open-control'](undefined),
    send: async (command: Command) => handlers['send-command'](command),
    handlers,
    end: async () => {
      open = open.filter((each) => each !== created.value);
      await created.value.close();
    },
  };
}

const onWall = (command: Extract<Command, { document: 'wall' }>['command']): Command => ({
  document: 'wall',
  wall: WallId.parse('wall-1'),
  command,
});

describe('a desk', () => {
  it('makes an empty replica into a wall of nine demo channels, one of them heard', async () => {
    const { snapshot } = await started();
    const { wall, streams, notices } = await snapshot();
    expect(streams).toHaveLength(12);
    expect(wall.name).toBe('My wall');
    expect(wall.tiles).toHaveLength(9);
    expect(wall.tiles.filter(({ heard }) => heard)).toHaveLength(1);
    expect(notices).toEqual([]);
    const origin = new URL(streams[0]?.link ?? '').origin;
    expect((await fetch(`${origin}/health`)).ok).toBe(true);
  });

  it('has after a restart the wall that it had, down to the tile that is heard, and serves its demo channels where they were', async () => {
    const first = await started();
    const [, , third] = (await first.snapshot()).wall.tiles;
    if (third === undefined) throw new Error('no third tile');
    await first.send(onWall({ type: 'listen', tile: third.id }));
    await first.send(onWall({ type: 'place-tile', tile: third.id, at: { x: 0, y: 0, w: 2, h: 2 } }));
    const before = await first.snapshot();
    await first.end();
    const second = await started();
    const after = await second.snapshot();
    expect(after.wall).toEqual(before.wall);
    expect(after.streams).toEqual(before.streams);
    expect(after.wall.heard).toBe(third.id);
  });

  it('has nothing to undo at first: what made the first wall was nobody at the desk', async () => {
    const { snapshot, handlers } = await started();
    const before = (await snapshot()).wall;
    expect(await handlers.undo(undefined)).toMatchObject({ ok: false });
    expect((await snapshot()).wall).toEqual(before);
  });

  it('takes the many steps of a slider back as one', async () => {
    const { snapshot, send, handlers } = await started();
    const tile = TileId.parse('demo-harbour');
    for (const volume of [0.9, 0.7, 0.4]) await send(onWall({ type: 'set-volume', tile, volume }));
    await handlers.undo(undefined);
    expect((await snapshot()).wall.tiles.find(({ id }) => id === tile)?.volume).toBe(1);
  });

  it('shows the wall what the control window did, and tells the window only what changed', async () => {
    const { desktop, shown, events, send } = await started();
    await desktop.showWalls();
    const link = Link.parse('https://media.example.org/a/live.m3u8?token=1');
    const added = await send({ document: 'catalogue', command: { type: 'add-stream', link } });
    expect(added.ok).toBe(true);
    expect(events.filter(({ type }) => type === 'streams')).toMatchObject([{ put: [{ link }], removed: [] }]);
    const tile = TileId.parse('demo-harbour');
    await send(onWall({ type: 'remove-tile', tile }));
    expect(shown.at(-1)?.tiles.map(({ id }) => id)).not.toContain(tile);
    expect(events.at(-1)).toMatchObject({ type: expect.stringMatching(/wall|saving/) as string });
  });

  it('answers a signal: done, no such tile, or not on a screen', async () => {
    const { desktop, handlers } = await started();
    const wall = WallId.parse('wall-1');
    const reload = async (tile: string) =>
      handlers['send-signal']({ wall, tile: TileId.parse(tile), signal: 'reload' });
    expect(await reload('demo-harbour')).toMatchObject({ ok: false, error: { retryable: true } });
    await desktop.showWalls();
    expect(await reload('demo-harbour')).toMatchObject({ ok: true });
    expect(await reload('no-such-tile')).toMatchObject({ ok: false, error: { reason: 'not-found' } });
  });

  it('does not open a replica that another program has open, and says so', async () => {
    await started();
    const { created } = await start();
    expect(created).toEqual({ ok: false, error: expect.stringContaining('a test') as string });
  });

  it('keeps an unreadable file beside, starts anew, and tells the person until they have read it', async () => {
    writeFileSync(join(folder, 'streamwall.db'), 'this is no database'.repeat(1000));
    const { snapshot, handlers } = await started();
    const { notices } = await snapshot();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ tone: 'warning' });
    await handlers['dismiss-notice'](notices[0]?.id ?? '');
    expect((await snapshot()).notices).toEqual([]);
  });

  it('takes any other port for its first demo channels when the usual one is held by something else', async () => {
    const { createServer } = await import('node:http');
    const stranger = createServer((_, response) => response.end('hello'));
    await new Promise<void>((resolve) => {
      stranger.listen(0, '127.0.0.1', resolve);
    });
    const address = stranger.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const { snapshot } = await started(port);
    const { streams } = await snapshot();
    expect(streams).toHaveLength(12);
    expect(demoPortOf(streams[0]?.link ?? '')).not.toBe(port);
    stranger.close();
  });
});
