import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { startTestPostgres } from '../postgres/start-test-postgres.ts';
import { startTestRedis } from '../redis/start-test-redis.ts';
import { childrenNamed } from './process-cost.ts';

/** The databases that servers are given, all of them the bench's own. */
export type Grounds = {
  readonly redisUrl: string;
  /** Processes of Postgres and Redis, without those that they have started. */
  readonly databasePids: readonly number[];
  /** Each gives the same place for the same name; ours with the key of an operator. */
  readonly dataFolder: (name: string) => Promise<Place>;
  readonly ourDatabase: (name: string) => Promise<Place>;
  readonly peerDatabase: (name: string) => Promise<Place>;
  readonly remove: () => Promise<void>;
};

/** A folder or the address of a database, and with what one signs in. */
export type Place = { readonly at: string; readonly key: string };

const Key = z.object({ key: z.string() });
const EMBEDDED = 'embedded';
const OURS = 'ours';

/** Starts a Postgres and a Redis, and makes a first database of each kind that others are copied from. */
export async function prepareGrounds(): Promise<Grounds> {
  const folder = mkdtempSync(join(tmpdir(), 'streamwall-bench-'));
  const [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()]);
  const pool = new pg.Pool({ connectionString: postgres.url, max: 1 });
  const urlOf = (name: string): string => postgres.url.replace(/\/postgres$/, `/${name}`);
  const made = new Set<string>();
  const database = async (name: string, template: string): Promise<string> => {
    const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
    if (!made.has(plain)) await pool.query(`CREATE DATABASE ${plain} TEMPLATE ${template}`);
    made.add(plain);
    return urlOf(plain);
  };
  const remove = async (): Promise<void> => {
    await pool.end();
    await Promise.all([postgres.remove(), redis.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const first = join(folder, EMBEDDED);
    const key = createKey({ DATABASE_URL: await database(OURS, 'template1') });
    const embeddedKey = createKey({ DATA_DIR: first });
    return {
      redisUrl: redis.url,
      databasePids: [
        ...childrenNamed(process.pid, 'postgres'),
        ...childrenNamed(process.pid, 'redis-server'),
      ],
      dataFolder: async (name) => {
        const copy = join(folder, name.replace(/[^a-z0-9]+/gi, '-'));
        if (!existsSync(copy)) cpSync(first, copy, { recursive: true });
        return Promise.resolve({ at: copy, key: embeddedKey });
      },
      ourDatabase: async (name) => ({ at: await database(name, OURS), key }),
      peerDatabase: async (name) => ({ at: await database(name, 'template1'), key: 'any' }),
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function createKey(env: Record<string, string>): string {
  const program = join(import.meta.dirname, '..', 'streamwall.ts');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [program, 'key', 'create', '--role', 'operator', '--json'],
    { env: { PATH: process.env['PATH'], ...env }, encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(`no key could be made: ${stderr}`);
  return Key.parse(JSON.parse(stdout)).key;
}
