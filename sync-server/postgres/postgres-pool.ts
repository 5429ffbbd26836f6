import pg from 'pg';
import { LogUnavailable } from '../documents/update-log.ts';
import { cancelStatement } from './cancel-statement.ts';
import type { Migration, Sql } from './sql.ts';

/** Held while tables are changed, so that servers that start together do it one after another. */
const MIGRATION_LOCK = 5_721_860_114;
const MIGRATION_CONNECT_MS = 10_000;

export type PostgresOptions = {
  readonly url: string;
  readonly connections: number;
  /** After this long without an answer the database counts as away. */
  readonly timeoutMs: number;
  /** A connection that is not in use was lost; the next call makes a new one. */
  readonly onLost: (error: Error) => void;
};

/** A real Postgres, through a pool of connections. */
export function openPostgres(options: PostgresOptions): { sql: Sql; close: () => Promise<void> } {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections,
    connectionTimeoutMillis: options.timeoutMs,
    query_timeout: options.timeoutMs,
    application_name: 'streamwall',
  });
  pool.on('error', options.onLost);
  // Told to whoever waits for an answer on it, as well.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  const sql: Sql = {
    query: async (text, values = [], name) => {
      try {
        const statement = { text, values: [...values], ...(name === undefined ? {} : { name }) };
        const { rows } = await askOnce(pool, statement, options.timeoutMs);
        return rows as never;
      } catch (error) {
        throw isStatementError(error)
          ? error
          : new LogUnavailable('Postgres does not answer', { cause: error });
      }
    },
    migrate: async (decide) => {
      // By itself: tables with years in them take longer to change than an edit may wait, and so do other servers' turns.
      const client = new pg.Client({
        connectionString: options.url,
        connectionTimeoutMillis: Math.max(options.timeoutMs, MIGRATION_CONNECT_MS),
        application_name: 'streamwall',
      });
      client.on('error', options.onLost);
      try {
        await client.connect();
        await runMigrations(client, decide);
      } catch (error) {
        throw isAway(error) ? new LogUnavailable(wordsOf(error), { cause: error }) : error;
      } finally {
        // What was not committed is rolled back by that.
        await client.end();
      }
    },
  };
  return { sql, close: async () => pool.end() };
}

/** A connection on which an answer is still to come is not used again, and what it waits for is ended. */
async function askOnce(pool: pg.Pool, statement: pg.QueryConfig, timeoutMs: number): Promise<pg.QueryResult> {
  const client = await pool.connect();
  try {
    const result = await client.query(statement);
    client.release();
    return result;
  } catch (error) {
    const wasAnswered = error instanceof pg.DatabaseError;
    client.release(!wasAnswered);
    if (!wasAnswered) cancelStatement(client, timeoutMs);
    throw error;
  }
}

/** Whether Postgres answered and said that the statement is wrong: a bug, which waiting does not cure. */
const isStatementError = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && !saysThatItIsAway(error);

const saysThatItIsAway = ({ code = '' }: pg.DatabaseError): boolean =>
  ['08', '53', '57', '58', '40'].some((family) => code.startsWith(family));

const UNREACHED = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH', 'EHOSTDOWN'],
  ...['ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
]);

/** Whether nobody answers there, or says to come again: not that the password, say, is wrong. */
function isAway(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return saysThatItIsAway(error);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return UNREACHED.has(code) || /timeout|terminated/i.test(error.message);
}

/** Of an address with several families the first failure; the whole has no words of its own. */
function wordsOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return first instanceof Error ? first.message : String(first);
}

async function runMigrations(
  client: pg.Client,
  decide: (applied: ReadonlySet<string>) => Promise<readonly Migration[]>,
): Promise<void> {
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  await client.query(
    'CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
  );
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations');
  for (const { name, text } of await decide(new Set(rows.map((row) => row.name)))) {
    await client.query(text);
    await client.query('INSERT INTO migrations (name) VALUES ($1)', [name]);
  }
  await client.query('COMMIT');
}
