import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect } from '@playwright/test';
import pg from 'pg';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { openCatalogue } from '#shared/document/project-catalogue.ts';
import type { CatalogueView } from '#shared/document/view.ts';
import type { Role } from '#shared/model/role.ts';
import type { ControlAnswer, ControlArgument, ControlRequest } from '#shared/protocol/ipc-contract.ts';
import type { TeamState } from '#shared/protocol/team-state.ts';
import { startTestPostgres } from '../../sync-server/postgres/start-test-postgres.ts';
import { startTestRedis } from '../../sync-server/redis/start-test-redis.ts';
import { freePort } from '#shared/replica/test-free-port.ts';
import { startServerProcess, type ServerProcess } from '../../sync-server/test-process.ts';
import type { Desk } from './desk.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

/** One of a team's servers, on a port that it keeps. */
export type TeamServer = {
  readonly url: string;
  readonly start: () => Promise<void>;
  readonly kill: () => Promise<void>;
};

/** Two servers on one Postgres and one Redis. */
export type TeamServers = {
  readonly servers: readonly [TeamServer, TeamServer];
  /** A new key, from the command line. */
  readonly key: (role: Role) => string;
  /** Ends both, and has them begin anew on a database in which there is nothing, not even an account. */
  readonly loseEverything: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

export async function startTeamServers(): Promise<TeamServers> {
  const [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()]);
  let databaseUrl = postgres.url;
  const settings = () => ({ DATABASE_URL: databaseUrl, REDIS_URL: redis.url });
  const servers: [TeamServer, TeamServer] = [await createServer(settings), await createServer(settings)];
  for (const server of servers) await server.start();
  return {
    servers,
    key: (role) => {
      const args = [join(PROJECT, 'sync-server/streamwall.ts'), 'key', 'create', '--role', role, '--json'];
      const made = spawnSync(process.execPath, args, { env: { ...process.env, ...settings() } });
      const { key } = JSON.parse(made.stdout.toString()) as { key: string };
      return key;
    },
    loseEverything: async () => {
      for (const server of servers) await server.kill();
      const client = new pg.Client(postgres.url);
      await client.connect();
      await client.query('CREATE DATABASE anew');
      await client.end();
      databaseUrl = postgres.url.replace(/postgres$/, 'anew');
      for (const server of servers) await server.start();
    },
    remove: async () => {
      for (const server of servers) await server.kill();
      await redis.stop();
      await postgres.remove();
    },
  };
}

async function createServer(settings: () => Readonly<Record<string, string>>): Promise<TeamServer> {
  const port = String(await freePort());
  let running: ServerProcess | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    start: async () => {
      running = await startServerProcess({ ...settings(), PORT: port });
    },
    kill: async () => {
      await running?.end('SIGKILL');
      running = undefined;
    },
  };
}

/** Asks a desk's main process, as its control window does. */
export async function ask<R extends ControlRequest>(
  { control }: Desk,
  name: R,
  argument: ControlArgument<R>,
): Promise<ControlAnswer[R]> {
  const line = JSON.stringify([name, argument]);
  const answer: unknown = await control.evaluate(async (text: string): Promise<unknown> => {
    const { streamwall } = window as unknown as { streamwall: { request: (...args: unknown[]) => unknown } };
    const [request, value] = JSON.parse(text) as [string, unknown];
    return streamwall.request(request, value ?? undefined);
  }, line);
  return answer as ControlAnswer[R];
}

export async function teamOf(desk: Desk): Promise<TeamState> {
  const { team } = await ask(desk, 'open-control', undefined);
  return team ?? { type: 'alone' };
}

/** How a desk stands with its team: the line, or what it is asked. */
export async function lineOf(desk: Desk): Promise<string> {
  const team = await teamOf(desk);
  if (team.type === 'alone') return 'alone';
  const { line, unsaved } = team.sync;
  if (line.type === 'asking') return `asks ${line.question.kind}`;
  return line.type === 'in-step' && unsaved > 0 ? `${String(unsaved)} not saved` : line.type;
}

export async function joinTeam(desk: Desk, server: TeamServer, key: string, name: string): Promise<void> {
  expect(await ask(desk, 'join-team', { server: server.url, key, name })).toMatchObject({ ok: true });
}

/** What a desk or client shows of the catalogue, to be compared. */
export const streamsIn = (
  streams: Iterable<{ id: string; link: string; title?: string | undefined }>,
): string[] => [...streams].map(({ id, link, title }) => `${id} ${link} ${title ?? ''}`).sort();

export async function streamsOf(desk: Desk): Promise<string[]> {
  return streamsIn((await ask(desk, 'open-control', undefined)).streams);
}

/** An unmodified y-websocket client, as a browser may be. */
export function openPlainClient(
  { url }: TeamServer,
  token: string,
): { view: () => CatalogueView; readonly end: () => void } {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, 'catalogue', doc, {
    params: { token },
    disableBc: true,
  });
  const projection = openCatalogue(doc);
  return {
    view: projection.view,
    end: () => {
      provider.destroy();
      doc.destroy();
    },
  };
}
