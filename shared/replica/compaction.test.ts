import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { systemClock } from '../kernel/clock.ts';
import { loadDocument } from './load-document.ts';
import { openReplicaDatabase } from './open-replica-database.ts';
import type { NewEdit } from './replica-store.ts';
import { compactInFile } from './sqlite-compaction.ts';
import { connect, migrate } from './sqlite-connection.ts';
import { createSqliteReplicaStore } from './sqlite-replica-store.ts';
import { must } from './test-replica.ts';

const MEGABYTE = 1_000_000;

describe('compaction in the file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'replica-compaction-'));
    file = join(folder, 'replica.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const open = async (workerUrl = new URL('./compact-worker.ts', import.meta.url)) =>
    must(await openReplicaDatabase({ file, workerUrl, clock: systemClock, program: 'a test' }));

  it('[R30] of ten megabytes leaves the loop of the program turning, and edits going to the disk', async () => {
    const database = await open();
    const { store } = database;
    must(await store.append(edits(10 * MEGABYTE)));
    let running = true;
    let turns = 0;
    const outcome = store.compact('catalogue').finally(() => (running = false));
    while (running) {
      must(await store.append([edit(100_000 + turns, 100)]));
      turns += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await outcome).kind).toBe('compacted');
    // In this thread it would have been one turn.
    expect(turns).toBeGreaterThan(20);
    const { doc } = loadDocument(must(await store.load('catalogue')));
    expect(doc.getMap('records').size).toBe(10 * 1_000 + turns);
    await database.close();
  }, 120_000);

  it('[R30] writes no more than a small part at once, and makes it count by one row', async () => {
    const database = connect(file);
    migrate(database);
    const idle = {
      compact: () => Promise.reject(new Error('none')),
      wrote: () => {},
      close: () => Promise.resolve(),
    };
    const store = createSqliteReplicaStore(database, idle);
    for (let round = 0; round < 3; round += 1) {
      must(await store.append(edits(3 * MEGABYTE)));
      database.pragma('wal_checkpoint(TRUNCATE)');
      let before = 0;
      const grown = new Map<string, number>();
      const breathe = (step: string): Promise<void> => {
        const size = statSync(`${file}-wal`).size;
        grown.set(step, Math.max(grown.get(step) ?? 0, size - before));
        before = size;
        return Promise.resolve();
      };
      const keepSpare = () => Promise.resolve();
      await compactInFile({ database, document: 'catalogue', nowMs: 0, breathe, keepSpare });
      expect(grown.get('part')).toBeLessThan(150_000);
      expect(grown.get('flipped')).toBeLessThan(40_000);
      expect(grown.get('tidied') ?? 0).toBeLessThan(1_000_000);
    }
    database.close();
  });

  it('gives up when the store is closed, and nothing is lost', async () => {
    const database = await open();
    must(await database.store.append(edits(5 * MEGABYTE)));
    const outcome = database.store.compact('catalogue');
    await database.close();
    expect((await outcome).kind).not.toBe('failed');
    const again = await open();
    const { doc } = loadDocument(must(await again.store.load('catalogue')));
    expect(doc.getMap('records').size).toBe(edits(5 * MEGABYTE).length);
    await again.close();
  });

  it('says so when its thread cannot be started, and nothing is lost', async () => {
    const database = await open(new URL('./no-such-worker.ts', import.meta.url));
    must(await database.store.append([edit(1, 10)]));
    expect((await database.store.compact('catalogue')).kind).toBe('failed');
    expect(must(await database.store.load('catalogue')).updates).toHaveLength(1);
    await database.close();
  });

  it('takes the log of the last changes into the file when that has grown, though nothing is compacted', async () => {
    const database = await open();
    const big = edit(0, 40_000);
    const before = statSync(file).size;
    for (let count = 0; count < 600; count += 1) must(await database.store.append([big]));
    await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(before + 8 * MEGABYTE), {
      timeout: 30_000,
    });
    expect(must(await database.store.load('catalogue')).updates).toHaveLength(600);
    await database.close();
  });
});

/** Edits that all stay, a kilobyte each. */
function edits(bytes: number): NewEdit[] {
  return Array.from({ length: bytes / 1_000 }, (_, count) => edit(count, 1_000));
}

function edit(count: number, bytes: number): NewEdit {
  const doc = new Y.Doc();
  doc.clientID = count + 1;
  doc.getMap('records').set(`record${count}`, String(count).padEnd(bytes, 'lorem ipsum '));
  return { document: 'catalogue', bytes: Y.encodeStateAsUpdate(doc), unsaved: false, atMs: count };
}
