import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { CompactionOutcome, DocumentName } from './replica-store.ts';
import { writeSpare } from './spare-snapshot.ts';
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

/** Transactions between two checkpoints: about a megabyte of parts. */
const CHECKPOINT_EVERY = 8;

class Stopped extends Error {}

async function work(task: MaintenanceTask): Promise<CompactionOutcome> {
  const database = connect(task.file);
  // Passive: takes in what nobody is reading, and makes nobody wait.
  const checkpoint = () => database.pragma('wal_checkpoint(PASSIVE)');
  let steps = 0;
  const breathe = async () => {
    if (Atomics.load(task.stop, 0) !== 0) throw new Stopped();
    steps += 1;
    if (steps % CHECKPOINT_EVERY === 0) checkpoint();
    // SQLite's lock is not fair: without a pause, an append could find it taken time and again.
    await pause(2);
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
            keepSpare: spareOf(task.file, document, nowMs),
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
function spareOf(file: string, document: DocumentName, atMs: number) {
  return (through: number, bytes: Uint8Array): void => {
    try {
      writeSpare(file, { document, through, atMs, bytes });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  };
}

const outcome = await work(workerData as MaintenanceTask);
parentPort?.postMessage(outcome);
