import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../kernel/clock.ts';
import type { MaintenanceTask } from './compact-worker.ts';
import type { CompactionOutcome, DocumentName } from './replica-store.ts';
import type { Maintenance } from './sqlite-replica-store.ts';

/** The write-ahead log is taken into the file when it has grown to this; looked at once in so many writes. */
const LOG_BYTES = 8 * 1024 * 1024;
const LOOK_EVERY = 256;

/**
 * Does the slow work on the replica's file in a thread, one task after the other, each in a thread of its own: what a
 * 10 MB document needs of memory goes when it is done. `workerUrl` names `compact-worker` as it runs here: the source
 * in tests, the bundled entry in a desk.
 */
export function createMaintenanceThread(file: string, workerUrl: URL, clock: Clock): Maintenance {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  let queue: Promise<unknown> = Promise.resolve();
  let writes = 0;
  let checkpointing = false;

  const enqueue = (document: DocumentName | null): Promise<CompactionOutcome> => {
    const done = queue.then(() =>
      Atomics.load(stop, 0) === 0
        ? runTask(workerUrl, { file, document, nowMs: clock.nowMs(), stop })
        : ({ kind: 'skipped', why: 'closed' } as const),
    );
    queue = done;
    return done;
  };

  return {
    compact: enqueue,
    wrote: () => {
      writes += 1;
      if (writes % LOOK_EVERY !== 0 || checkpointing || logBytes(file) < LOG_BYTES) return;
      checkpointing = true;
      void enqueue(null).then(() => {
        checkpointing = false;
      });
    },
    close: async () => {
      Atomics.store(stop, 0, 1);
      await queue;
    },
  };
}

const logBytes = (file: string) => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;

/** Never rejects. */
function runTask(workerUrl: URL, task: MaintenanceTask): Promise<CompactionOutcome> {
  return new Promise((resolve) => {
    const failed = (words: string) => resolve({ kind: 'failed', words });
    try {
      const worker = new Worker(workerUrl, { workerData: task });
      let outcome: CompactionOutcome | undefined;
      worker.on('message', (message: CompactionOutcome) => (outcome = message));
      worker.on('error', (error: unknown) => failed(wordsOf(error)));
      worker.on('exit', (code) => {
        if (outcome === undefined) failed(`the compaction thread ended with code ${code}`);
        else resolve(outcome);
      });
    } catch (error) {
      failed(wordsOf(error));
    }
  });
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
