import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Clock } from '#shared/kernel/clock.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import type { Sql } from '../postgres/sql.ts';
import { ownBytes, ThreadAnswer, type ThreadRequest } from './thread-messages.ts';

const Name = z.object({ name: z.string() });
type Rows = NonNullable<ThreadAnswer['rows']>;
type Asked = { readonly resolve: (rows: Rows) => void; readonly reject: (error: Error) => void };
type Question = ThreadRequest extends infer One
  ? One extends ThreadRequest
    ? Omit<One, 'id'>
    : never
  : never;

/** What becomes of a thread that ends by itself. */
export type ThreadWatch = {
  /** It ended, and is started again; what it had not answered was refused as unavailable. */
  readonly restarting: (cause: unknown) => void;
  /** It ends again and again, or does not start any more: nothing is answered from here on. */
  readonly gaveUp: (cause: unknown) => void;
  readonly clock: Clock;
  /** Starts a thread in which the database of a folder works; for tests. */
  readonly start?: (folder: string) => Worker;
};

/** So often within so long a thread may end. */
const MAX_ENDS = 3;
const ENDS_WITHIN_MS = 60_000;

/**
 * The embedded database of `pglite-database.ts` in a thread of its own: a statement costs this one a message. Statements are
 * performed one by one, in the order in which they are asked. A thread that ends by itself is started again: what the
 * database had committed is there, as after a kill.
 * @param folder where it keeps its files
 */
export async function openPgliteInThread(
  folder: string,
  watch: ThreadWatch,
): Promise<{ sql: Sql; close: () => Promise<void> }> {
  const start = watch.start ?? startThread;
  let current = new DatabaseThread(start(folder));
  let isClosed = false;
  let endedAtMs: number[] = [];
  const startAgain = async (cause: unknown): Promise<void> => {
    const nowMs = watch.clock.nowMs();
    endedAtMs = [...endedAtMs.filter((atMs) => nowMs - atMs < ENDS_WITHIN_MS), nowMs];
    if (endedAtMs.length > MAX_ENDS) {
      watch.gaveUp(cause);
      return;
    }
    watch.restarting(cause);
    const next = new DatabaseThread(start(folder));
    try {
      await next.opened;
      current = next;
      follow();
    } catch (error) {
      watch.gaveUp(error);
    }
  };
  let starting = Promise.resolve();
  const follow = (): void => {
    void current.ended.then((cause) => {
      if (!isClosed) starting = startAgain(cause);
    });
  };
  await current.opened;
  follow();
  return {
    sql: sqlOf(() => current),
    close: async () => {
      isClosed = true;
      await starting;
      await current.close();
    },
  };
}

const startThread = (folder: string): Worker =>
  new Worker(new URL('./pglite-thread.ts', import.meta.url), { workerData: { folder } });

const sqlOf = (current: () => DatabaseThread): Sql => ({
  query: async (text, values = []) => {
    const own = values.map((value) => ownBytes(value));
    return (await current().ask({ type: 'query', text, values: own })) as never;
  },
  // One program at a time has the folder, so that nobody comes between the two.
  migrate: async (decide) => {
    const applied = (await current().ask({ type: 'applied' })).map((row) => Name.parse(row).name);
    await current().ask({ type: 'migrate', migrations: await decide(new Set(applied)) });
  },
});

class DatabaseThread {
  readonly opened: Promise<unknown>;
  /** Resolves when the thread has ended, with why. */
  readonly ended: Promise<unknown>;
  private readonly asked = new Map<number, Asked>();
  private readonly worker: Worker;
  private lastId = 0;
  private end: Error | undefined;

  constructor(worker: Worker) {
    this.worker = worker;
    this.opened = this.answerTo(0);
    worker.on('message', (message: unknown) => this.take(ThreadAnswer.parse(message)));
    let why: unknown;
    worker.on('error', (error) => {
      why = error;
    });
    this.ended = new Promise((resolve) => {
      worker.on('exit', () => {
        this.refuseAll(why);
        resolve(why);
      });
    });
  }

  async ask(question: Question): Promise<Rows> {
    if (this.end !== undefined) throw this.end;
    this.lastId += 1;
    const answer = this.answerTo(this.lastId);
    this.worker.postMessage({ id: this.lastId, ...question });
    return answer;
  }

  async close(): Promise<void> {
    if (this.end !== undefined) return;
    await this.ask({ type: 'close' });
    await this.worker.terminate();
  }

  private async answerTo(id: number): Promise<Rows> {
    return new Promise((resolve, reject) => this.asked.set(id, { resolve, reject }));
  }

  private take({ id, rows, error }: ThreadAnswer): void {
    const asked = this.asked.get(id);
    this.asked.delete(id);
    if (error === undefined) asked?.resolve(rows ?? []);
    else asked?.reject(Object.assign(new Error(error.message), { code: error.code }));
  }

  /** What it was asked and has not answered may have been done. */
  private refuseAll(cause: unknown): void {
    this.end ??= new LogUnavailable('the embedded database has ended', { cause });
    for (const { reject } of this.asked.values()) reject(this.end);
    this.asked.clear();
  }
}
