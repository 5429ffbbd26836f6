import { Redis } from '@hocuspocus/extension-redis';
import { Server } from '@hocuspocus/server';
import pg from 'pg';
import * as Y from 'yjs';

/**
 * Hocuspocus as its documentation sets it up: in memory, with Postgres (as its database extension stores: the whole
 * document, after its own debounce), and with Redis between instances. Settings are its defaults.
 */
const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = process.env;

function postgresHooks(url: string) {
  const pool = new pg.Pool({ connectionString: url });
  const ready = pool.query(
    'CREATE TABLE IF NOT EXISTS documents (name text PRIMARY KEY, data bytea NOT NULL)',
  );
  return {
    onLoadDocument: async ({ document, documentName }: { document: Y.Doc; documentName: string }) => {
      await ready;
      const { rows } = await pool.query<{ data: Buffer }>('SELECT data FROM documents WHERE name = $1', [
        documentName,
      ]);
      const [row] = rows;
      if (row !== undefined) Y.applyUpdate(document, row.data);
    },
    onStoreDocument: async ({ document, documentName }: { document: Y.Doc; documentName: string }) => {
      await pool.query(
        'INSERT INTO documents (name, data) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET data = excluded.data',
        [documentName, Buffer.from(Y.encodeStateAsUpdate(document))],
      );
    },
  };
}

function redisExtension(url: string): Redis {
  const { hostname: host, port } = new URL(url);
  return new Redis({ host, port: Number(port) });
}

const server = new Server({
  address: '127.0.0.1',
  port: Number(process.env['PORT'] ?? 0),
  quiet: true,
  extensions: redisUrl === undefined ? [] : [redisExtension(redisUrl)],
  ...(databaseUrl === undefined ? {} : postgresHooks(databaseUrl)),
});
await server.listen();
console.log(`listening on ${server.httpURL}`);
