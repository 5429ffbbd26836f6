import { Worker } from 'node:worker_threads';
import { z } from 'zod';
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

/**
 * The embedded database of `pglite-database.ts` in a thread of its own: a statement costs this one a message. Statements are
 * performed one by one, in the order in which they are asked.
 * @param folder where it keeps its files
 */
export async function openPgliteInThread(folder: string): Promise<{ sql: Sql; close: () => Promise<void> }> {
  const thread = new DatabaseThread(folder);
  await thread.opened;
  return {
    sql: {
      query: async (text, values = []) => {
        const own = values.map((value) => ownBytes(value));
        return (await thread.ask({ type: 'query', text, values: own })) as never;
      },
      // One program at a time has the folder, so that nobody comes between the two.
      migrate: async (decide) => {
        const applied = (await thread.ask({ type: 'applied' })).map((row) => Name.parse(row).name);
        await thread.ask({ type: 'migrate', migrations: await decide(new Set(applied)) });
      },
    },
    close: async () => thread.close(),
  };
}

class DatabaseThread {
  readonly opened: Promise<unknown>;
  private readonly asked = new Map<number, Asked>();
  private readonly worker: Worker;
  private lastId = 0;
  private ended: Error | undefined;

  constructor(folder: string) {
    this.worker = new Worker(new URL('./pglite-thread.ts', import.meta.url), { workerData: { folder } });
    this.opened = this.answerTo(0);
    this.worker.on('message', (message: unknown) => this.take(ThreadAnswer.parse(message)));
    this.worker.on('error', (error) => this.end(error));
    this.worker.on('exit', () => this.end(undefined));
  }

  async ask(question: Question): Promise<Rows> {
    if (this.ended !== undefined) throw this.ended;
    this.lastId += 1;
    const answer = this.answerTo(this.lastId);
    this.worker.postMessage({ id: this.lastId, ...question });
    return answer;
  }

  async close(): Promise<void> {
    if (this.ended !== undefined) return;
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
  private end(cause: unknown): void {
    this.ended ??= new LogUnavailable('the embedded database has ended', { cause });
    for (const { reject } of this.asked.values()) reject(this.ended);
    this.asked.clear();
  }
}
