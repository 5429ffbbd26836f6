import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { systemClock } from '../kernel/clock.ts';
import { openReplicaDatabase } from './open-replica-database.ts';
import { openReplica } from './replica.ts';
import { IS_LONG } from './test-random.ts';
import { must, streamOf, TEST_ACTOR, WALL } from './test-replica.ts';

const workerUrl = new URL('./compact-worker.ts', import.meta.url);
const child = fileURLToPath(new URL('./test-crash-child.ts', import.meta.url));
const KILLS = IS_LONG ? 200 : 20;
/** A file is killed so often before a new one is begun. */
const KILLS_A_FILE = 10;

describe('a program that is killed', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'replica-crash-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it(`[R1] [R29] at ${KILLS} random moments, many of them inside a compaction, has every edit that it called saved`, async () => {
    let insideCompaction = 0;
    for (let kill = 0; kill < KILLS; kill += KILLS_A_FILE) {
      const file = join(folder, `killed-${kill}`, 'replica.db');
      const saved = new Set<number>();
      const placed = new Set<number>();
      for (let round = 0; round < KILLS_A_FILE; round += 1) {
        const first = saved.size === 0 ? 0 : Math.max(...saved) + 10;
        const run = await editUntilKilled(file, first, round % 2 === 0 ? 'alone' : 'team');
        for (const count of run.saved) saved.add(count);
        for (const count of run.placed) placed.add(count);
        if (run.insideCompaction) insideCompaction += 1;
        await expectWhole(file, saved, placed);
      }
    }
    expect(insideCompaction).toBeGreaterThan(0);
  }, 600_000);

  it('[R29] at every single step of a compaction has everything, and nothing half-done is left', async () => {
    const prepared = join(folder, 'prepared', 'replica.db');
    const text = await prepare(prepared);
    const steps: string[] = [];
    for (let step = 1; ; step += 1) {
      const file = join(folder, `step-${step}.db`);
      for (const suffix of ['', '.spare-catalogue']) {
        if (statSync(`${prepared}${suffix}`, { throwIfNoEntry: false })) {
          copyFileSync(`${prepared}${suffix}`, `${file}${suffix}`);
        }
      }
      const run = spawnSync(process.execPath, [child, 'compact', file, String(step)], { encoding: 'utf8' });
      const lines = run.stdout.trim().split('\n');
      expect(await readText(file), `after ${lines.at(-1)}`).toBe(text);
      if (lines.at(-1)?.startsWith('done') === true) break;
      expect(run.signal, run.stderr).toBe('SIGKILL');
      steps.push(lines.at(-1)?.split(' ')[1] ?? '');
    }
    expect(new Set(steps)).toEqual(new Set(['read', 'part', 'flipped', 'spared', 'tidied']));
  }, 600_000);

  type Run = {
    readonly saved: readonly number[];
    readonly placed: readonly number[];
    readonly insideCompaction: boolean;
  };

  /** Lets the program say a random number of things, then kills it. */
  async function editUntilKilled(file: string, first: number, team: string): Promise<Run> {
    const lines: string[] = [];
    const enough = 1 + Math.floor(Math.random() * 120);
    const running = spawn(process.execPath, [child, 'edit', file, String(first), team], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    running.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const closed = new Promise<NodeJS.Signals | null>((resolve) => {
      running.on('close', (_code, signal) => resolve(signal));
    });
    const reader = createInterface({ input: running.stdout });
    reader.on('line', (line) => {
      lines.push(line);
      if (lines.length === enough) running.kill('SIGKILL');
    });
    expect(await closed, errors).toBe('SIGKILL');
    const numbers = (word: string) =>
      lines.filter((line) => line.startsWith(`${word} `)).map((line) => Number(line.split(' ')[1]));
    const compactions = lines.filter((line) => line.startsWith('compaction'));
    return {
      saved: numbers('saved'),
      placed: numbers('placed'),
      insideCompaction: compactions.at(-1) === 'compaction begins',
    };
  }

  async function expectWhole(
    file: string,
    saved: ReadonlySet<number>,
    placed: ReadonlySet<number>,
  ): Promise<void> {
    const opened = must(
      await openReplicaDatabase({ file, workerUrl, clock: systemClock, program: 'a test' }),
    );
    expect(opened.notices()).toEqual([]);
    const { store } = opened;
    const replica = must(
      await openReplica({ store, actor: TEST_ACTOR, role: 'operator', clock: systemClock }),
    );
    const wall = must(await replica.openWall(WALL));
    const { streams } = replica.catalogue();
    expect([...saved].filter((count) => !streams.has(streamOf(`crash${count}`)))).toEqual([]);
    const tiles = new Set([...wall.tiles, ...wall.bench].map(({ stream }) => stream));
    expect([...placed].filter((count) => !tiles.has(streamOf(`crash${count}`)))).toEqual([]);
    await replica.close();
    await opened.close();
    expectClean(file);
  }

  /** Nothing in the file that no snapshot needs, and all of it sound. */
  function expectClean(file: string): void {
    const database = new Database(file, { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    const orphans = database.prepare(
      `SELECT count(*) FROM snapshotParts WHERE NOT EXISTS (SELECT 1 FROM snapshots
       WHERE snapshots.document = snapshotParts.document AND snapshots.snapshot = snapshotParts.snapshot)`,
    );
    expect(orphans.pluck().get()).toBe(0);
    const most = database.prepare(
      'SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM snapshots GROUP BY document)',
    );
    expect(most.pluck().get()).toBeLessThanOrEqual(2);
    database.close();
  }

  /** A file with two snapshots and a log after them, of several parts each. */
  async function prepare(file: string): Promise<string> {
    const opened = must(
      await openReplicaDatabase({ file, workerUrl, clock: systemClock, program: 'a test' }),
    );
    const doc = new Y.Doc();
    const text = doc.getText('text');
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 60; count += 1) {
        const before = Y.encodeStateVector(doc);
        text.insert(text.length, `${round}/${count} `.padEnd(2_000, 'x'));
        const bytes = Y.encodeStateAsUpdate(doc, before);
        must(await opened.store.append([{ document: 'catalogue', bytes, unsaved: false, atMs: 1 }]));
      }
      if (round < 2) expect((await opened.store.compact('catalogue')).kind).toBe('compacted');
    }
    await opened.close();
    return text.toJSON();
  }

  async function readText(file: string): Promise<string> {
    const opened = must(
      await openReplicaDatabase({ file, workerUrl, clock: systemClock, program: 'a test' }),
    );
    expect(opened.notices()).toEqual([]);
    const { snapshot, updates } = must(await opened.store.load('catalogue'));
    await opened.close();
    expectClean(file);
    const doc = new Y.Doc();
    if (snapshot !== null) Y.applyUpdateV2(doc, snapshot);
    for (const update of updates) Y.applyUpdate(doc, update);
    return doc.getText('text').toJSON();
  }
});
