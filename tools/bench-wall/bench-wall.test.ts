import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../shared/kernel/clock.ts';
import { ActorId, WallId } from '../../shared/model/ids.ts';
import { openReplicaDatabase } from '../../shared/replica/open-replica-database.ts';
import { openReplica } from '../../shared/replica/replica.ts';
import { findDevtoolsPort } from './devtools-page.ts';
import { makeWall, planWall } from './make-wall.ts';
import {
  cpuSecondsBetween,
  parseCpuSeconds,
  parseOwnMemory,
  parsePrivate,
  parsePss,
  readCpuTimes,
  readMemory,
} from './read-process-cost.ts';
import { readOptions } from './read-options.ts';
import { planLinks } from './serve-channels.ts';
import { framesOfTiles, toFigures, toJson, type WallMeasured } from './sum-up.ts';
import { compare, fallingBehind, footnotes, toFrameLine, toTable } from './words.ts';

const counts = (entries: Readonly<Record<string, readonly [shown: number, dropped: number]>>) =>
  new Map(Object.entries(entries).map(([tile, [shown, dropped]]) => [tile, { shown, dropped }]));

const wall: WallMeasured = {
  tiles: 2,
  firstFramesMs: [1500, 2250],
  seconds: 10,
  cpuSeconds: 4.2,
  memory: { bytes: 400_400_000, ownBytes: 300_000_000, processes: 5, withoutShare: 0 },
  framesBefore: counts({ 'bench-1': [100, 0], 'bench-2': [80, 4] }),
  framesAfter: counts({ 'bench-1': [350, 0], 'bench-2': [325, 9] }),
};

describe('what is asked for', () => {
  test('says nothing: 4, 9 and 16 tiles, both ways, ten seconds', () => {
    expect(readOptions([])).toEqual({
      ok: true,
      value: { help: false, tiles: [4, 9, 16], hosts: ['views', 'player'], seconds: 10, times: 5 },
    });
  });

  test('is taken from the command line', () => {
    const read = readOptions(['--tiles', '1,144', '--host', 'player', '--seconds', '2.5', '--times', '0']);
    expect(read).toEqual({
      ok: true,
      value: { help: false, tiles: [1, 144], hosts: ['player'], seconds: 2.5, times: 0 },
    });
  });

  test.each([
    [['--tiles', '0']],
    [['--tiles', '145']],
    [['--tiles', '4,']],
    [['--tiles', '2.5']],
    [['--tiles']],
    [['--host', 'both']],
    [['--host']],
    [['--times', '-1']],
    [['--times', '1.5']],
    [['--seconds', '0']],
    [['--seconds', 'NaN']],
    [['--seconds']],
    [['--fast']],
  ])('is refused in words when it makes no sense: %j', (args) => {
    const read = readOptions(args);
    expect(read.ok).toBe(false);
    expect(read.ok ? '' : read.error).toContain(args[0]);
  });
});

describe('the wall that is measured', () => {
  test('has as many different links as tiles, however few channels there are', () => {
    const links = planLinks('http://127.0.0.1:1', ['a', 'b'], 5);
    expect(new Set(links).size).toBe(5);
    expect(links[2]).toBe('http://127.0.0.1:1/live/a.m3u8?tile=3');
  });

  test.each([1, 4, 9, 10, 16])('puts %d tiles on different cells of a grid that holds them', (count) => {
    const commands = planWall(planLinks('http://127.0.0.1:1', ['a'], count)).map(({ command }) => command);
    const grid = commands.find((each) => each.type === 'set-grid')?.grid;
    const places = commands.flatMap((each) =>
      each.type === 'place-stream' && each.at !== undefined ? [{ ...each.at, stream: each.stream }] : [],
    );
    expect(new Set(places.map(({ x, y }) => `${x},${y}`)).size).toBe(count);
    expect(new Set(places.map(({ stream }) => stream)).size).toBe(count);
    for (const { x, y } of places) {
      expect(x).toBeLessThan(grid?.cols ?? 0);
      expect(y).toBeLessThan(grid?.rows ?? 0);
    }
  });
});

test.each([1, 9])('a wall of %d tiles is there for a desk that starts on its folder', async (count) => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-wall-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await makeWall(folder, planLinks('http://127.0.0.1:1', ['a', 'b'], count));
  const workerUrl = new URL('../../shared/replica/compact-worker.ts', import.meta.url);
  const file = join(folder, 'streamwall.db');
  const database = await openReplicaDatabase({ file, workerUrl, clock: systemClock, program: 'test' });
  if (!database.ok) throw new Error(database.error.words);
  const actor = ActorId.parse('test');
  const replica = await openReplica({ ...database.value, actor, role: 'admin', clock: systemClock });
  if (!replica.ok) throw new Error(replica.error.words);
  const wall = await replica.value.openWall(WallId.parse('bench'));
  expect(wall.ok && [wall.value.tiles.length, wall.value.bench.length, wall.value.heard]).toEqual([
    count,
    0,
    'bench-1',
  ]);
  await replica.value.close();
  await database.value.close();
});

describe('what a process costs', () => {
  test('is read from the system’s own tables', () => {
    const stat = '42 (odd) name (x) S 1 42 42 0 -1 4194304 9 9 0 0 150 50 7 7 20 0 1 0 12345 0 0';
    expect(parseCpuSeconds(stat)).toBe(2);
    expect(parsePss('00400000-7fff rollup\nRss:    9 kB\nPss:      3 kB\nPss_Anon: 2 kB\n')).toBe(3072);
    expect(parsePrivate('Shared_Dirty: 7 kB\nPrivate_Clean:   3 kB\nPrivate_Dirty:  2 kB\n')).toBe(5120);
    expect(parseOwnMemory('5000 30 10 1 0 99 0')).toBe(20 * 4096);
  });

  test('is not known of one that has ended or hides', () => {
    expect(parseCpuSeconds('')).toBeUndefined();
    expect(parsePss('')).toBeUndefined();
    expect(parsePrivate('')).toBeUndefined();
    expect(parseOwnMemory('')).toBeUndefined();
  });

  test('counts a new process from its start, and another with an old number as new', () => {
    const before = new Map([
      ['1 100', 5],
      ['2 100', 9],
    ]);
    const after = new Map([
      ['1 100', 7],
      ['2 900', 1],
      ['3 500', 0.5],
    ]);
    expect(cpuSecondsBetween(before, after)).toBe(3.5);
  });

  test.runIf(process.platform === 'linux')(
    'grows for a process that works and is something for one that is there',
    () => {
      const before = readCpuTimes(process.pid);
      const beganMs = process.cpuUsage().user / 1000;
      while (process.cpuUsage().user / 1000 - beganMs < 60) Math.sqrt(2);
      expect(cpuSecondsBetween(before, readCpuTimes(process.pid))).toBeGreaterThan(0);
      expect(readMemory(process.pid).bytes).toBeGreaterThan(10_000_000);
      expect(readMemory(process.pid).ownBytes).toBeGreaterThan(10_000_000);
      expect(readMemory(process.pid).processes).toBeGreaterThan(0);
    },
  );
});

test('the debugging port is found in what Chromium prints', () => {
  const printed = '\nDevTools listening on ws://127.0.0.1:40123/devtools/browser/0e-1\nmore';
  expect(findDevtoolsPort(printed)).toBe(40123);
  expect(findDevtoolsPort('DevTools listening on ws://127.0.0.1:40')).toBeUndefined();
});

describe('the figures', () => {
  test('are those of the time that the wall was watched', () => {
    expect(toFigures(wall)).toEqual({
      cpuPct: 42,
      pssMb: 400,
      firstFrameMs: 1500,
      lastFrameMs: 2250,
      dropPct: 1,
    });
  });

  test('count a video that was made anew from its start', () => {
    const anew = {
      ...wall,
      framesAfter: counts({ 'bench-1': [20, 1], 'bench-10': [5, 0], 'bench-2': [90, 4] }),
    };
    expect(framesOfTiles(anew)).toEqual([
      { shown: 20, dropped: 1 },
      { shown: 10, dropped: 0 },
      { shown: 5, dropped: 0 },
    ]);
  });

  test('count a tile that is gone as one that shows nothing', () => {
    const gone = { ...wall, framesAfter: counts({ 'bench-2': [90, 4] }) };
    expect(framesOfTiles(gone)).toEqual([
      { shown: 0, dropped: 0 },
      { shown: 10, dropped: 0 },
    ]);
  });

  test('name no last frame when a tile never played, and nothing at all when none did', () => {
    expect(toFigures({ ...wall, firstFramesMs: [1500] })).toMatchObject({
      firstFrameMs: 1500,
      lastFrameMs: null,
    });
    const dark = { ...wall, firstFramesMs: [], framesBefore: new Map(), framesAfter: new Map() };
    expect(toFigures(dark)).toMatchObject({ firstFrameMs: null, lastFrameMs: null, dropPct: null });
    expect(toTable([{ host: 'views', wall: dark }])[1]).toContain('0 of 2 played');
    expect(toFrameLine({ host: 'views', wall: dark })).toContain('none');
  });

  const cheap = { ...wall, cpuSeconds: 2.1, memory: { ...wall.memory, bytes: 100_000_000 } };
  const both = [
    { host: 'views', wall },
    { host: 'player', wall: cheap },
  ] as const;

  test('become one line of JSON, by number of tiles and by host', () => {
    expect(JSON.parse(toJson(both))).toEqual({
      tiles: { 2: { views: toFigures(wall), player: toFigures(cheap) } },
    });
    expect(toJson(both)).not.toContain('\n');
  });

  test('are compared where both ways were measured', () => {
    expect(compare(both)).toEqual([
      '2 tiles: shared player pages take 50 % of the CPU and 25 % of the memory.',
    ]);
    expect(compare(both.slice(1))).toEqual([]);
  });

  test('tell what each tile showed and dropped', () => {
    expect(toFrameLine(both[0])).toBe('2 tiles, a view per tile: 250 (0)  245 (5)');
  });

  test('name the tile that falls behind the others', () => {
    const framesAfter = counts({ 'bench-1': [106, 0], 'bench-2': [330, 4], 'bench-3': [250, 0] });
    expect(fallingBehind([{ host: 'player', wall: { ...wall, framesAfter } }])).toEqual([
      '2 tiles, shared player pages: tile 1 shows 6 frames where others show 250.',
    ]);
    expect(fallingBehind(both)).toEqual([]);
  });

  test('say when memory could not be read in full', () => {
    expect(footnotes(both)).toHaveLength(1);
    const hidden = { ...wall, memory: { ...wall.memory, withoutShare: 3 } };
    expect(footnotes([{ host: 'views', wall: hidden }])[1]).toContain('3 processes');
  });
});
