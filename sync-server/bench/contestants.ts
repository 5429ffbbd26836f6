import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Protocol } from './clients/wire.ts';
import type { Target } from './clients/raw-client.ts';
import type { Grounds } from './grounds.ts';
import type { Setting } from './ratios.ts';
import { startServerProcess } from './server-process.ts';
import { freePort } from '#shared/replica/test-free-port.ts';

/** A server in one form that takes part. */
export type Contestant = {
  readonly name: string;
  readonly setting: Setting;
  readonly isOurs: boolean;
  /** Whether what it was told is there after a restart. */
  readonly keeps: boolean;
  /** Starts its instances on the data that earlier starts under the same name have left. */
  readonly start: (grounds: Grounds, dataName: string) => Promise<Running>;
};

export type Running = {
  readonly targets: readonly Target[];
  /** Its instances will be killed by somebody else. */
  readonly expectEnd: () => void;
  readonly stop: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
};

const file = (name: string): string => join(import.meta.dirname, name);
const listening = (said: string): string | undefined => /listening on (\S+)/.exec(said)?.[1];

export const CONTESTANTS: readonly Contestant[] = [
  ours('ours, embedded', 'embedded', 1, async ({ dataFolder }, data) => {
    const { at, key } = await dataFolder(data);
    return { key, env: { DATA_DIR: at } };
  }),
  peer('y-websocket-server', 'embedded', false, startYWebsocket),
  peer('Hocuspocus', 'embedded', false, async () => startHocuspocus(1, {})),
  ours('ours, Postgres', 'postgres', 1, async ({ ourDatabase }, data) => {
    const { at, key } = await ourDatabase(data);
    return { key, env: { DATABASE_URL: at } };
  }),
  peer('Hocuspocus, Postgres', 'postgres', true, async ({ peerDatabase }, data) =>
    startHocuspocus(1, { DATABASE_URL: (await peerDatabase(data)).at }),
  ),
  ours('ours, Postgres, Redis × 2', 'instances', 2, async ({ ourDatabase, redisUrl }, data) => {
    const { at, key } = await ourDatabase(data);
    return { key, env: { DATABASE_URL: at, REDIS_URL: redisUrl } };
  }),
  peer('Hocuspocus, Postgres, Redis × 2', 'instances', true, async ({ peerDatabase, redisUrl }, data) =>
    startHocuspocus(2, { DATABASE_URL: (await peerDatabase(data)).at, REDIS_URL: redisUrl }),
  ),
];

/** As `npm run sync-server` starts it, flags of Node included. */
function ourProgram(): readonly string[] {
  const Package = z.object({ scripts: z.object({ 'sync-server': z.string() }) });
  const { scripts } = Package.parse(JSON.parse(readFileSync(file('../../package.json'), 'utf8')));
  const flags = scripts['sync-server'].split(' ').filter((word) => word.startsWith('--'));
  return [...flags, file('../index.ts')];
}

type Surroundings = { readonly key: string; readonly env: Readonly<Record<string, string>> };

function ours(
  name: string,
  setting: Setting,
  instances: number,
  surroundings: (grounds: Grounds, dataName: string) => Promise<Surroundings>,
): Contestant {
  const start: Contestant['start'] = async (grounds, dataName) => {
    const { key, env } = await surroundings(grounds, dataName);
    const all = { PORT: '0', LOG_LEVEL: 'error', ...env };
    return startInstances(instances, 'y-websocket', '/sync/', key, ourProgram(), all);
  };
  return { name, setting, isOurs: true, keeps: true, start };
}

function peer(name: string, setting: Setting, keeps: boolean, start: Contestant['start']): Contestant {
  return { name, setting, isOurs: false, keeps, start };
}

const startHocuspocus = async (instances: number, env: Record<string, string>): Promise<Running> =>
  startInstances(instances, 'hocuspocus', '/', 'any', [file('bench-peer-hocuspocus.ts')], env);

/** As its own command starts it. */
async function startYWebsocket(): Promise<Running> {
  const port = String(await freePort());
  const program = fileURLToPath(import.meta.resolve('@y/websocket-server/server'));
  const isReady = (said: string): string | undefined =>
    said.includes('running at') ? `http://127.0.0.1:${port}` : undefined;
  const server = await startServerProcess([program], { HOST: '127.0.0.1', PORT: port }, isReady);
  return running([server], 'y-websocket', '/', 'any');
}

async function startInstances(
  count: number,
  protocol: Protocol,
  path: string,
  token: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Running> {
  const servers = [];
  for (let i = 0; i < count; i++) servers.push(await startServerProcess(args, env, listening));
  return running(servers, protocol, path, token);
}

function running(
  servers: readonly Awaited<ReturnType<typeof startServerProcess>>[],
  protocol: Protocol,
  path: string,
  token: string,
): Running {
  return {
    targets: servers.map(({ url, pid }) => ({ url: url + path, protocol, token, pid })),
    expectEnd: () => {
      for (const server of servers) server.expectEnd();
    },
    stop: async (signal) => {
      await Promise.all(servers.map(async (server) => server.stop(signal)));
    },
  };
}
