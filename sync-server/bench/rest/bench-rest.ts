import { Agent } from 'node:http';
import { systemClock } from '#shared/kernel/clock.ts';
import { makeKey } from '../../accounts/service-key.ts';
import { openStore, type Store } from '../../open-store.ts';
import { startTestPostgres } from '../../postgres/start-test-postgres.ts';
import { startServerProcess } from '../server-process.ts';
import { median } from '../statistics.ts';
import { ask, askOften, type Asked } from './ask-often.ts';
import { fillArchive, WORDS } from './fill-store.ts';

/**
 * `npm run bench:rest [-- STREAMS]`: lists, searches, writes that are read at once, and exports, over so many streams; lists
 * and searches beside a plain express and pg handler that runs the same statements in the same Postgres, in turns.
 */
const STREAMS = Number(process.argv[2] ?? 100_000);
/** Many short ones: what else runs on the machine hits both alike. */
const ROUNDS = 12;
const PAGES = 100;
const WRITES = 60;
const PLATFORMS = ['twitch', 'youtube', 'kick', 'tiktok', 'facebook'];

const round = (value: number): number => Math.round(value * 100) / 100;
const say = (name: string, { median: p50, p95, p99, perSecond }: Asked): void =>
  console.error(
    `${name.padEnd(28)} p50 ${String(round(p50))}  p95 ${String(round(p95))}  p99 ${String(round(p99))} ms  ${String(round(perSecond))}/s`,
  );

/** No two of them alike, so that nothing kept answers. */
const pagePaths = (base: string, turn: number): string[] =>
  Array.from({ length: PAGES }, (_, i) => {
    const page = 1 + ((i * 7 + turn * 97) % 600);
    return `${base}?platform=${PLATFORMS[i % PLATFORMS.length] ?? ''}&page=${String(page)}&turn=${String(turn)}`;
  });
const searchPaths = (base: string, turn: number): string[] =>
  Array.from(
    { length: PAGES },
    (_, i) => `${base}?search=${((i + 1) * 131 + turn * 7_919).toString(36)}x&turn=${String(turn)}`,
  );

async function openFilled(url: string): Promise<{ store: Store; key: string }> {
  const silent = (): void => undefined;
  const opened = await openStore(
    { databaseUrl: url, dataFolder: '', databaseTimeoutMs: 60_000 },
    { clock: systemClock, logger: { info: silent, warn: silent, error: silent } },
  );
  if (!opened.ok) throw new Error('the store is taken');
  const { stored, key } = makeKey({ role: 'admin', grants: [], label: 'bench' }, 0);
  await opened.value.accounts.keys.add(stored);
  await fillArchive(opened.value.archive, STREAMS);
  return { store: opened.value, key };
}

/** From the moment that a change is sent until another reader has it. */
async function writeAndRead(url: string, headers: Record<string, string>): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const json = { ...headers, 'content-type': 'application/json' };
  const took: number[] = [];
  for (let i = 0; i < WRITES; i += 1) {
    const link = `https://www.twitch.tv/bench${String(i % 20)}`;
    const began = performance.now();
    await ask(
      new URL('/api/v1/streams', url),
      agent,
      json,
      'POST',
      JSON.stringify({ link, title: `t${String(i)}` }),
    );
    await ask(new URL(`/api/v1/streams?link=${encodeURIComponent(link)}`, url), agent, headers);
    took.push(performance.now() - began);
  }
  agent.destroy();
  return took;
}

const postgres = await startTestPostgres();
const { store, key } = await openFilled(postgres.url);
const listening = (said: string): string | undefined => /listening on (\S+)/.exec(said)?.[1];
const env = {
  DATABASE_URL: postgres.url,
  PORT: '0',
  LOG_LEVEL: 'silent',
  REQUESTS_PER_MINUTE: '1000000',
  DATABASE_TIMEOUT_MS: '30000',
};
const ours = await startServerProcess([new URL('../../index.ts', import.meta.url).pathname], env, listening);
const plain = await startServerProcess(
  [new URL('plain-server.ts', import.meta.url).pathname],
  env,
  listening,
);
try {
  const headers = { authorization: `Bearer ${key}` };
  const began = performance.now();
  const [first] = [await askOften(ours.url, ['/api/v1/streams?per_page=1'], headers)];
  console.error(
    `${String(STREAMS)} streams; the tables were made in ${String(Math.round(performance.now() - began))} ms (${String(first.bytes)} bytes)`,
  );
  await store.sql?.query('ANALYZE');
  const ratios: Record<'page' | 'search', number[]> = { page: [], search: [] };
  const p95: Record<'page' | 'search', number[]> = { page: [], search: [] };
  const p99: Record<'page' | 'search', number[]> = { page: [], search: [] };
  for (let turn = 0; turn < ROUNDS; turn += 1)
    for (const [name, paths] of [
      ['page', pagePaths],
      ['search', searchPaths],
    ] as const) {
      const askPlain = async () => askOften(plain.url, paths('/streams', turn), {});
      const askOurs = async () => askOften(ours.url, paths('/api/v1/streams', turn), headers);
      // Who goes first changes from turn to turn: the second finds more in the database's memory.
      const early = turn % 2 === 0 ? await askPlain() : undefined;
      const mine = await askOurs();
      const theirs = early ?? (await askPlain());
      say(`${name}, plain express and pg`, theirs);
      say(`${name}, streamwall`, mine);
      ratios[name].push(theirs.perSecond / mine.perSecond);
      p95[name].push(mine.p95);
      p99[name].push(mine.p99);
    }
  const again = Array.from({ length: 3 * PAGES }, (_, i) => `/api/v1/streams?search=${WORDS[i % 5] ?? ''}`);
  say('the same search again', await askOften(ours.url, again, headers));
  const writes = await writeAndRead(ours.url, headers);
  const exported = await askOften(ours.url, ['/api/v1/streams/export'], headers);
  say(`export (${String(Math.round(exported.bytes / 1_048_576))} MB)`, exported);
  console.log(
    JSON.stringify({
      ratio: { page: round(median(ratios.page)), search: round(median(ratios.search)) },
      p95Ms: {
        page: round(median(p95.page)),
        search: round(median(p95.search)),
        export: round(exported.p95),
      },
      p99Ms: { page: round(median(p99.page)), search: round(median(p99.search)) },
      writeToReadMs: round(median(writes)),
    }),
  );
} finally {
  await ours.stop('SIGTERM');
  await plain.stop('SIGKILL');
  await store.close();
  await postgres.remove();
}
