import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { systemClock } from '../kernel/clock.ts';
import { loadDocument } from './load-document.ts';
import { openReplicaDatabase } from './open-replica-database.ts';
import { openReplica } from './replica.ts';
import type { NewEdit, ReplicaStore } from './replica-store.ts';
import { addStream, must, TEST_ACTOR, titleStream } from './test-replica.ts';

/**
 * How long a caller waits for the replica: `node shared/replica/bench-replica.ts`. Prints what it measures, and a last
 * line of JSON: the time of one append and of one command, of loading 10 MB, and the longest that the caller's thread
 * was held while 10 MB were compacted beside it, appends going on. Milliseconds.
 */
const workerUrl = new URL('./compact-worker.ts', import.meta.url);

const folder = mkdtempSync(join(tmpdir(), 'bench-replica-'));
try {
  const file = join(folder, 'replica.db');
  const { store, close } = must(
    await openReplicaDatabase({ file, workerUrl, clock: systemClock, program: 'bench' }),
  );
  const append = await measureAppends(store);
  const command = await measureCommands(store);
  await fill(store);
  const before = must(await store.measure('wall:big'));
  const compaction = await measureCompaction(store);
  const { snapshotBytes } = must(await store.measure('wall:big'));
  const load = await measureLoad(store);
  await close();
  console.log(
    `a document of ${(before.logBytes / 1e6).toFixed(1)} MB in ${before.logEdits} edits became ${snapshotBytes} bytes`,
  );
  console.log(JSON.stringify({ append, command, loadMs: load, compaction }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function spread(times: number[]) {
  const sorted = times.sort((a, b) => a - b);
  const at = (part: number) => Number((sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(3));
  return { median: at(0.5), p99: at(0.99), max: at(1) };
}

async function measureAppends(store: ReplicaStore) {
  const times: number[] = [];
  for (let count = 0; count < 3_000; count += 1) {
    const edit = edited('wall:small', 200, count);
    const start = performance.now();
    must(await store.append([edit]));
    times.push(performance.now() - start);
  }
  return spread(times);
}

async function measureCommands(store: ReplicaStore) {
  const replica = must(await openReplica({ store, actor: TEST_ACTOR, role: 'admin', clock: systemClock }));
  must(await replica.send(addStream('one')));
  const times: number[] = [];
  for (let count = 0; count < 1_000; count += 1) {
    const start = performance.now();
    must(await replica.send(titleStream('one', `title ${count}`)));
    times.push(performance.now() - start);
  }
  await replica.close();
  return spread(times);
}

/** 10 MB of edits that all stay: 20,000 records of half a kilobyte. */
async function fill(store: ReplicaStore): Promise<void> {
  const edits = Array.from({ length: 20_000 }, (_, count) => edited('wall:big', 500, count));
  for (let from = 0; from < edits.length; from += 1_000)
    must(await store.append(edits.slice(from, from + 1_000)));
}

function edited(document: NewEdit['document'], bytes: number, count: number): NewEdit {
  const doc = new Y.Doc();
  doc.getMap('records').set(`record${count}`, { text: String(count).padEnd(bytes, 'lorem ipsum ') });
  return { document, bytes: Y.encodeStateAsUpdate(doc), unsaved: false, atMs: count };
}

/** What the caller's loop is held by while it appends, with the compaction beside it and, for as long, without. */
async function measureCompaction(store: ReplicaStore) {
  let running = true;
  const start = performance.now();
  const outcome = store.compact('wall:big').finally(() => (running = false));
  const beside = await appendWhile(store, () => running);
  const { kind } = await outcome;
  const tookMs = Math.round(performance.now() - start);
  const end = performance.now() + Math.min(tookMs, 10_000);
  const without = await appendWhile(store, () => performance.now() < end);
  return { kind, tookMs, longestBlockMs: beside.max, withoutMs: without.max, beside, without };
}

/** An edit about every 10 ms, as fast as any hand; answers what each turn with its append took. */
async function appendWhile(store: ReplicaStore, goesOn: () => boolean) {
  const turns: number[] = [];
  for (let count = 0; goesOn(); count += 1) {
    const edit = edited('wall:small', 200, count);
    const start = performance.now();
    must(await store.append([edit]));
    await new Promise((resolve) => setImmediate(resolve));
    turns.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { appends: turns.length, ...spread(turns) };
}

async function measureLoad(store: ReplicaStore): Promise<number> {
  const start = performance.now();
  loadDocument(must(await store.load('wall:big'))).doc.destroy();
  return Math.round(performance.now() - start);
}
