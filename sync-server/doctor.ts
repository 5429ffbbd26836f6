import { X509Certificate, createPrivateKey } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ServerConfig, TlsFiles } from './config.ts';
import { readHolder } from './data-folder-lock.ts';
import { askAddress, isHolderAlive } from './gateway/control-listener.ts';
import { openPostgres } from './postgres/postgres-pool.ts';
import { examineRedis } from './redis/examine-redis.ts';

/** What was found out about one thing that a sync server needs. */
export type Finding = {
  readonly name: string;
  readonly state: 'good' | 'wrong' | 'unused';
  readonly words: string;
};

const WAIT_MS = 5_000;
const DAY_MS = 86_400_000;

/** Looks at each part by itself; changes nothing. */
export async function examineAll(config: ServerConfig): Promise<readonly Finding[]> {
  const parts = await Promise.all([
    config.databaseUrl === undefined ? examineFolder(config.dataFolder) : examinePostgres(config.databaseUrl),
    examineFanOut(config.redisUrl),
    examineTls(config.tls),
    examineServer(config),
  ]);
  return [examineRuntime(), ...parts];
}

export function tellFindings(findings: readonly Finding[]): string {
  const marks = { good: 'ok   ', wrong: 'WRONG', unused: '-    ' } as const;
  return findings.map(({ name, state, words }) => `${marks[state]}  ${name}: ${words}`).join('\n');
}

/** How `fetch` says why it did not come through. */
const CauseOfFetch = z.object({ cause: z.object({ code: z.string() }) });

const found = (name: string, state: Finding['state'], words: string): Finding => ({ name, state, words });
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function examineRuntime(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > 24 || (major === 24 && minor >= 7);
  const words = `${process.version} runs this`;
  return isNew
    ? found('node', 'good', words)
    : found('node', 'wrong', `${words}; passwords need 24.7 or newer. Start it by npm run.`);
}

async function examineFolder(folder: string): Promise<Finding> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const holder = await readHolder(folder);
    const isHeld = holder !== undefined && (await isHolderAlive(holder));
    const use = isHeld ? `, in use by process ${String(holder.pid)}` : ', which nobody uses now';
    return found('data folder', 'good', `${folder}${use}`);
  } catch (error) {
    return found('data folder', 'wrong', `${folder} cannot be used: ${wordsOf(error)}`);
  }
}

async function examinePostgres(url: string): Promise<Finding> {
  const { sql, close } = openPostgres({ url, timeoutMs: WAIT_MS, connections: 1, onLost: () => undefined });
  try {
    const [row] = await sql.query("SELECT current_setting('server_version') AS version");
    const tables = await sql.query("SELECT 1 FROM pg_tables WHERE tablename = 'migrations'");
    const state = tables.length > 0 ? 'has our tables' : 'is empty: the first start makes the tables';
    return found('postgres', 'good', `version ${String(row?.['version'])} answers and ${state}`);
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? ` (${wordsOf(error.cause)})` : '';
    return found('postgres', 'wrong', `${wordsOf(error)}${cause}. Look at DATABASE_URL.`);
  } finally {
    await close();
  }
}

async function examineFanOut(url: string | undefined): Promise<Finding> {
  if (url === undefined) return found('redis', 'unused', 'no REDIS_URL: one instance, by itself');
  try {
    return found('redis', 'good', `version ${await examineRedis(url, WAIT_MS)} answers`);
  } catch (error) {
    return found('redis', 'wrong', `${wordsOf(error)}. Look at REDIS_URL.`);
  }
}

async function examineTls(files: TlsFiles | undefined): Promise<Finding> {
  if (files === undefined)
    return found(
      'tls',
      'unused',
      'no TLS_CERT_FILE: browsers on other machines need a proxy that speaks https',
    );
  try {
    const certificate = new X509Certificate(await readFile(files.certFile));
    if (!certificate.checkPrivateKey(createPrivateKey(await readFile(files.keyFile))))
      return found('tls', 'wrong', 'the certificate and the key do not belong together');
    const leftMs = certificate.validToDate.getTime() - Date.now();
    const until = certificate.validToDate.toISOString().slice(0, 10);
    if (leftMs <= 0) return found('tls', 'wrong', `the certificate ended on ${until}`);
    const soon = leftMs < 14 * DAY_MS ? ', which is soon' : '';
    return found('tls', 'good', `the certificate is good until ${until}${soon}`);
  } catch (error) {
    return found('tls', 'wrong', `the certificate or the key cannot be read: ${wordsOf(error)}`);
  }
}

async function examineServer(config: ServerConfig): Promise<Finding> {
  const url = (await findServer(config)) ?? configuredUrl(config);
  if (url === undefined)
    return found('server', 'unused', 'PORT=0 takes any port, so it cannot be asked here');
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(WAIT_MS) });
    const text = await response.text();
    return response.ok
      ? found('server', 'good', `answers at ${url}: ${text.slice(0, 300)}`)
      : found('server', 'wrong', `runs at ${url} and is not ready: ${text.slice(0, 300)}`);
  } catch (error) {
    const why = CauseOfFetch.safeParse(error).data?.cause.code;
    if (why === 'ECONNREFUSED') return found('server', 'unused', `does not run at ${url} now`);
    return found('server', 'good', `cannot be asked at ${url} from here (${why ?? wordsOf(error)})`);
  }
}

/** The server that has the data folder says by itself where it listens, whatever PORT is here. */
async function findServer({ databaseUrl, dataFolder }: ServerConfig): Promise<string | undefined> {
  const holder = databaseUrl === undefined ? await readHolder(dataFolder).catch(() => undefined) : undefined;
  const url = holder && (await askAddress(holder));
  return url?.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//127.0.0.1:');
}

function configuredUrl({ tls, host, port }: ServerConfig): string | undefined {
  if (port === 0) return undefined;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `${tls === undefined ? 'http' : 'https'}://${name}:${String(port)}`;
}
