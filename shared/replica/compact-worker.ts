import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { CompactionOutcome, DocumentName } from './replica-store.ts';
import { writeSpare, type SpareSnapshot } from './spare-snapshot.ts';
import { compactInFile } from './sqlite-compaction.ts';
import { connect } from './sqlite-connection.ts';

/**
 * The thread that compacts a document of the replica's file, or takes the write-ahead log in, and ends. It is started
 * by `maintenance-thread`, which holds the answer's type; bundlers make it an entry of its own.
 */

/** What the thread is asked. `stop[0]` becomes 1 when it should leave at the next step. */
export type MaintenanceTask = Readonly<{
  file: string;
  /** null: only take the write-ahead log in. */
  document: DocumentName | null;
  nowMs: number;
  stop: Int32Array;
}>;

/** Transactions between two checkpoints, which bring to the disk what the parts have not: a quarter of a megabyte. */
const CHECKPOINT_EVERY = 4;
/** SQLite's lock is not fair, and a disk has one queue: others get as much time as was taken, in ms. */
const SHORTEST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;

/** Opening may have to wait for somebody else's write. */
const OPENING_TIMEOUT_MS = 120_000;

class Stopped extends Error {}

async function work(task: MaintenanceTask): Promise<CompactionOutcome> {
  const database = connect(task.file, OPENING_TIMEOUT_MS);
  // From here on the compaction waits for the file in its own way.
  database.pragma('busy_timeout = 0');
  // Passive: takes in what nobody is reading, and makes nobody wait.
  const checkpoint = () => database.pragma('wal_checkpoint(PASSIVE)');
  let steps = 0;
  let since = performance.now();
  const rest = async () => {
    if (Atomics.load(task.stop, 0) !== 0) throw new Stopped();
    await pause(Math.min(Math.max(performance.now() - since, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS));
    since = performance.now();
  };
  const breathe = async () => {
    steps += 1;
    if (steps % CHECKPOINT_EVERY === 0) checkpoint();
    await rest();
  };
  try {
    const { document, nowMs } = task;
    const outcome: CompactionOutcome =
      document === null
        ? { kind: 'skipped', why: 'nothing-new' }
        : await compactInFile({
            database,
            document,
            nowMs,
            breathe,
            keepSpare: (through, bytes) =>
              keepSpare(task.file, { document, through, atMs: nowMs, bytes }, rest),
          });
    checkpoint();
    return outcome;
  } catch (error) {
    if (error instanceof Stopped) return { kind: 'skipped', why: 'closed' };
    return { kind: 'failed', words: error instanceof Error ? error.message : String(error) };
  } finally {
    database.close();
  }
}

/** A spare that cannot be written costs nothing but itself. */
async function keepSpare(file: string, spare: SpareSnapshot, rest: () => Promise<void>): Promise<void> {
  try {
    await writeSpare(file, spare, rest);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

const outcome = await work(workerData as MaintenanceTask);
parentPort?.postMessage(outcome);
