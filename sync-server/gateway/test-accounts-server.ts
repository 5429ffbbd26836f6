import { systemClock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { Role } from '#shared/model/role.ts';
import { createPasswords } from '../accounts/argon2-passwords.ts';
import { createInMemoryQuotas } from '../accounts/in-memory-quotas.ts';
import { createMembers } from '../accounts/members.ts';
import { makeKey, type NewKey } from '../accounts/service-key.ts';
import { createSyncServer, type ServerParts, type SyncServer } from '../create-sync-server.ts';
import { createInMemoryFanOut } from '../documents/in-memory-fan-out.ts';
import { createInMemoryPresenceBoard } from '../documents/in-memory-presence-board.ts';
import { connectPlainClient } from '../documents/test-plain-client.ts';
import { systemTimers } from '../documents/timers.ts';
import type { Store } from '../open-store.ts';
import { createTestStore } from '../test-store.ts';

/** Of everybody whom `addUser` adds. */
export const PASSWORD = 'correct horse battery';

const passwords = createPasswords();

export type Answer = { status: number; headers: Headers; text: string; json: Record<string, unknown> };
type Asked = {
  token?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  at?: Pick<SyncServer, 'url'>;
};
type At = Pick<SyncServer, 'url'>;

/**
 * A server with nobody in it, in memory, and those who ask it for something. `begin` makes a new one, which every call that
 * names no other goes to; `end` ends all that were started.
 */
export function createAccountsServer() {
  const fanOut = createInMemoryFanOut();
  const logged: string[] = [];
  const ends: (() => unknown)[] = [];
  let store = createTestStore();
  let server: SyncServer | undefined;
  const main = (): SyncServer => {
    if (server === undefined) throw new Error('no server was begun');
    return server;
  };
  const start = async (config: Partial<ServerParts['config']> = {}): Promise<SyncServer> => {
    const started = await startOn(store, fanOut(), logged, config);
    ends.push(started.stop);
    return started;
  };

  const ask = async (method: string, path: string, asked: Asked = {}): Promise<Answer> =>
    askAt((asked.at ?? main()).url, method, path, asked);

  const addUser = async (email: string, role: Role): Promise<void> => addMember(store, email, role);

  async function logIn(
    email: string,
    at: At = main(),
  ): Promise<{ token: string; refresh: string; session: string }> {
    const { json } = await ask('POST', '/api/v1/login', {
      body: { user: { email, password: PASSWORD } },
      at,
    });
    return {
      token: String(json['token']),
      refresh: String(json['refresh_token']),
      session: String(json['session_id']),
    };
  }

  async function tokenOf(role: Role): Promise<string> {
    await addUser(`${role}@example.org`, role);
    return (await logIn(`${role}@example.org`)).token;
  }

  async function keyOf(wanted: NewKey): Promise<{ id: string; key: string }> {
    const { stored, key } = makeKey(wanted, systemClock.nowMs());
    await store.accounts.keys.add(stored);
    return { id: stored.id, key };
  }

  const connect = (params: Record<string, string>, at: At = main(), document = 'wall:main') => {
    const { end, ...opened } = connectPlainClient(at.url, params, document);
    ends.push(end);
    return opened;
  };

  return {
    begin: async (): Promise<void> => {
      store = createTestStore();
      logged.length = 0;
      server = await start();
    },
    end: async (): Promise<void> => {
      for (const one of ends.splice(0).toReversed()) await one();
    },
    url: (): string => main().url,
    users: async () => store.accounts.users.list(),
    ...{ start, ask, addUser, logIn, tokenOf, keyOf, connect, logged },
  };
}

async function askAt(
  url: string,
  method: string,
  path: string,
  { token, body, headers = {} }: Asked,
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
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
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, headers: response.headers, text, json };
}

async function startOn(
  store: Store,
  fanOut: ServerParts['fanOut'],
  logged: string[],
  config: Partial<ServerParts['config']>,
): Promise<SyncServer> {
  const note = (message: string, details: unknown): void =>
    void logged.push(JSON.stringify({ message, details }));
  const logger: Logger = { info: note, warn: note, error: note };
  return createSyncServer({
    config: { host: '127.0.0.1', port: 0, historyDays: 90, ...config },
    ...{ store, fanOut, board: createInMemoryPresenceBoard(systemClock) },
    ...{ quotas: createInMemoryQuotas(systemClock), clock: systemClock, timers: systemTimers, logger },
  });
}

async function addMember(store: Store, email: string, role: Role): Promise<void> {
  const members = createMembers({ stores: store.accounts, passwords, clock: systemClock });
  const added = await members.add({ email, role, name: email, password: PASSWORD });
  if (!added.ok) throw new Error(added.error.reason);
}
