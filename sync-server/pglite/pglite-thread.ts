import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { openPglite } from './pglite-database.ts';
import { ownBytes, type ThreadAnswer, type ThreadRequest } from './thread-messages.ts';

/** The thread in which the embedded database works, so that nobody else waits while it does. See `pglite-in-thread.ts`. */
const { folder } = z.object({ folder: z.string() }).parse(workerData);

function say(answer: ThreadAnswer): void {
  parentPort?.postMessage(answer);
}

function describe(error: unknown): NonNullable<ThreadAnswer['error']> {
  const message = error instanceof Error ? error.message : String(error);
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? { message, code } : { message };
}

async function answerWith(id: number, perform: () => Promise<ThreadAnswer['rows']>): Promise<void> {
  try {
    const rows = await perform();
    say(rows === undefined ? { id } : { id, rows });
  } catch (error) {
    say({ id, error: describe(error) });
    // The program of the database has broken off in the middle: only a new one goes on from what is on disk.
    if (error instanceof Error && error.name === 'RuntimeError') process.exit(1);
  }
}

async function serve(): Promise<void> {
  const database = await openPglite(folder);
  const perform = async (request: ThreadRequest): Promise<ThreadAnswer['rows']> => {
    switch (request.type) {
      case 'query': {
        const rows = await database.sql.query(request.text, request.values);
        return rows.map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, value]) => [name, ownBytes(value)])),
        );
      }
      case 'applied': {
        let applied: readonly string[] = [];
        await database.sql.migrate(async (names) => {
          applied = [...names];
          return Promise.resolve([]);
        });
        return applied.map((name) => ({ name }));
      }
      case 'migrate':
        await database.sql.migrate(async () => Promise.resolve(request.migrations));
        return undefined;
      case 'close':
        await database.close();
        return undefined;
    }
  };
  parentPort?.on('message', (request: ThreadRequest) => {
    void answerWith(request.id, async () => perform(request));
  });
}

await answerWith(0, async () => {
  await serve();
  return undefined;
});
