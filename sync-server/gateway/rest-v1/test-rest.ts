import { randomUUID } from 'node:crypto';
import { systemClock } from '#shared/kernel/clock.ts';
import type { Role } from '#shared/model/role.ts';
import type { Grant } from '../../accounts/access.ts';
import { createPasswords } from '../../accounts/argon2-passwords.ts';
import { createInMemoryQuotas } from '../../accounts/in-memory-quotas.ts';
import { createMembers } from '../../accounts/members.ts';
import { makeKey } from '../../accounts/service-key.ts';
import { createSyncServer, type SyncServer, type ServerParts } from '../../create-sync-server.ts';
import { createInMemoryFanOut } from '../../documents/in-memory-fan-out.ts';
import { createInMemoryPresenceBoard } from '../../documents/in-memory-presence-board.ts';
import { systemTimers } from '../../documents/timers.ts';
import { openStore, type Store } from '../../open-store.ts';
import { startTestPostgres, type TestPostgres } from '../../postgres/start-test-postgres.ts';

export const PASSWORD = 'Correct horse battery 7';

export type RestReply = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What JSON there is; looked into by tests that know it. */
  readonly json: Json;
};
/** Deep enough for a test to look into without a cast at every step. */
export type Json = { readonly [key: string]: Json } & readonly Json[];
export type RestAsked = {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly at?: SyncServer;
};

/** For tests: servers on a real Postgres, and people and programs who ask them. */
export type TestRest = {
  readonly postgres: TestPostgres;
  readonly store: Store;
  readonly server: SyncServer;
  /** How many the servers have sent to the tables so far. */
  readonly statements: () => number;
  /** Another instance on the same database, which hears of the first. */
  readonly another: () => Promise<SyncServer>;
  readonly ask: (method: string, path: string, asked?: RestAsked) => Promise<RestReply>;
  readonly key: (role: Role, grants?: readonly Grant[]) => Promise<string>;
  readonly person: (email: string, role: Role) => Promise<string>;
  readonly end: () => Promise<void>;
};

/** @param hurry how long the server waits in place of what it would, in milliseconds */
export async function startTestRest(
  config: Partial<ServerParts['config']> = {},
  hurry: (delayMs: number) => number = (delayMs) => delayMs,
): Promise<TestRest> {
  const postgres = await startTestPostgres();
  const failed: string[] = [];
  const logger = {
    info: () => undefined,
    warn: () => undefined,
    error: (message: string, details: unknown) => void failed.push(`${message} ${describe(details)}`),
  };
  const opened = await openStore(
    { databaseUrl: postgres.url, dataFolder: '', databaseTimeoutMs: 20_000 },
    { clock: systemClock, logger },
  );
  if (!opened.ok) throw new Error('the store is taken');
  let statements = 0;
  const store = countStatements(opened.value, () => (statements += 1));
  const fanOut = createInMemoryFanOut();
  const board = createInMemoryPresenceBoard(systemClock);
  const servers: SyncServer[] = [];
  const timers = {
    ...systemTimers,
    after: (delayMs: number, work: () => void) => systemTimers.after(hurry(delayMs), work),
  };
  const start = async (): Promise<SyncServer> => {
    const server = await createSyncServer({
      config: { host: '127.0.0.1', port: 0, historyDays: 90, requestsPerMinute: 1_000_000, ...config },
      ...{ store, fanOut: fanOut(), board, quotas: createInMemoryQuotas(systemClock) },
      ...{ clock: systemClock, timers, logger },
    });
    servers.push(server);
    return server;
  };
  const server = await start();
  const ask = async (method: string, path: string, asked: RestAsked = {}): Promise<RestReply> => {
    const reply = await askOver(server, method, path, asked);
    if (reply.status === 500) throw new Error(`${method} ${path}: ${failed.at(-1) ?? reply.text}`);
    return reply;
  };
  return {
    ...{ postgres, store, server, ask, another: start, statements: () => statements },
    key: async (role, grants = []) => {
      const { stored, key } = makeKey({ role, grants, label: `a ${role}` }, 0);
      await store.accounts.keys.add(stored);
      return key;
    },
    person: async (email, role) => {
      await addPerson(store, email, role);
      const { json } = await ask('POST', '/api/v1/login', { body: { user: { email, password: PASSWORD } } });
      return String(json['token']);
    },
    end: async () => {
      for (const one of servers) await one.stop();
      await store.close();
      await postgres.remove();
    },
  };
}

function countStatements(store: Store, count: () => void): Store {
  const { sql } = store;
  if (sql === undefined) return store;
  const query: typeof sql.query = async (...asked) => {
    count();
    return sql.query(...asked);
  };
  return { ...store, sql: { ...sql, query } };
}

async function addPerson({ accounts }: Store, email: string, role: Role): Promise<void> {
  const members = createMembers({ stores: accounts, passwords: createPasswords(), clock: systemClock });
  const name = email.split('@')[0] ?? email;
  const added = await members.add({ email, role, name, password: PASSWORD });
  if (!added.ok) throw new Error(added.error.reason);
}

async function askOver(
  server: SyncServer,
  method: string,
  path: string,
  asked: RestAsked,
): Promise<RestReply> {
  const { token, body, headers = {}, at = server } = asked;
  const response = await fetch(`${at.url}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: 'manual',
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    ...{ status: response.status, headers: response.headers, text },
    json: (isJson && text !== '' ? JSON.parse(text) : {}) as Json,
  };
}

function describe(details: unknown): string {
  const { error } = (details ?? {}) as { error?: unknown };
  return error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(details);
}

export const uniqueName = (): string => `n${randomUUID().replaceAll('-', '').slice(0, 12)}`;
