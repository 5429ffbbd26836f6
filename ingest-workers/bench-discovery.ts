import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexCities } from '#shared/model/city-index.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { readSighting } from '#shared/model/read-sighting.ts';
import { readLiveUrl, streamIdOf } from '#shared/model/stream-url.ts';
import { must } from './collect/test-collector.ts';
import { startFakeDiscord, type FakeDiscord } from './discord/test-fake-discord.ts';
import { openTestDesk } from './test-desk.ts';
import { startTestSyncServer } from './test-sync-server.ts';

/**
 * `npm run bench:discovery [-- MESSAGES]`: from a post in Discord to every desk's list. The bot and the sync server are the
 * real programs, each a process of its own; Discord and three desks are in this one. First 50 messages a second, for
 * the time that each takes; then all that is left at once, for how many there can be.
 */
const MESSAGES = Number(process.argv[2] ?? 10_000);
const PACED = Math.min(1_000, Math.floor(MESSAGES / 2));
const GAP_MS = 20;
const DESKS = 3;
const STREET = '100';
const GIVE_UP_MS = 300_000;

type Desk = Awaited<ReturnType<typeof openTestDesk>>;

/** Names that begin in many ways, as people's do. */
const nameOf = (index: number) => `${((index * 7_919 + 4_321) % 46_656).toString(36)}x${index}`;
const textOf = (index: number) =>
  `live now in Portland OR: https://kick.com/${nameOf(index)}?ref=share please add`;
const idOf = (index: number): StreamId =>
  streamIdOf(must(readLiveUrl(`https://kick.com/${nameOf(index)}`)).url);
const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(what: string, isSo: () => boolean): Promise<void> {
  const end = Date.now() + GIVE_UP_MS;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`${what} took longer than ${GIVE_UP_MS / 1_000} s`);
    await wait(10);
  }
}

/** When each stream was first on every desk. In milliseconds of this process's clock. */
function watchDesks(desks: readonly Desk[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  const everywhere = new Map<string, number>();
  for (const { replica } of desks)
    replica.onCatalogue(({ changed }) => {
      if (changed === 'everything') return;
      const now = performance.now();
      for (const id of changed['streams'] ?? []) {
        const count = (seen.get(id) ?? 0) + 1;
        seen.set(id, count);
        if (count === desks.length) everywhere.set(id, now);
      }
    });
  return everywhere;
}

function measureParsing(): number {
  const cities = indexCities([
    { city: 'Portland', region: 'OR' },
    { city: 'Portland', region: 'ME' },
  ]);
  const times = Array.from({ length: 20_000 }, (_, index) => {
    const text = textOf(index);
    const began = performance.now();
    readSighting(text, cities);
    return (performance.now() - began) * 1_000;
  });
  return quantile(times, 0.5);
}

async function postPaced(discord: FakeDiscord): Promise<ReadonlyMap<string, number>> {
  const postedAt = new Map<string, number>();
  const began = performance.now();
  for (let index = 0; index < PACED; index += 1) {
    await wait(Math.max(0, began + index * GAP_MS - performance.now()));
    postedAt.set(idOf(index), performance.now());
    discord.post(STREET, textOf(index));
  }
  return postedAt;
}

/** Of the desk that has it worst. */
function countStreams(desks: readonly Desk[]) {
  const wanted = new Set(Array.from({ length: MESSAGES }, (_, index) => idOf(index)));
  const counts = desks.map(({ replica }) => {
    const { streams } = replica.catalogue();
    const lost = [...wanted].filter((id) => !streams.has(id)).length;
    return { lost, duplicated: streams.size - (wanted.size - lost) };
  });
  return {
    lost: Math.max(...counts.map(({ lost }) => lost)),
    duplicated: Math.max(...counts.map(({ duplicated }) => duplicated)),
  };
}

async function postBurst(discord: FakeDiscord): Promise<void> {
  for (let index = PACED; index < MESSAGES; index += 1) {
    // Another author every so often, as in life; nobody posts ten thousand.
    discord.post(STREET, textOf(index), { author: { id: String(1_000 + (index % 500)), username: 'ann' } });
    if (index % 500 === 0) await wait(0);
  }
}

async function measure(folder: string): Promise<void> {
  const server = await startTestSyncServer(join(folder, 'server'));
  const discord = await startFakeDiscord({ channels: [STREET] });
  const desks: Desk[] = [];
  const deskKey = await server.key('operator');
  for (let count = 0; count < DESKS; count += 1) desks.push(await openTestDesk(server.url, deskKey));
  const config = {
    discord: { channels: [{ id: STREET, react: false }], api: discord.api },
    limit: { messages: 10_000 },
  };
  writeFileSync(join(folder, 'ingest.json'), JSON.stringify(config));
  const env = {
    ...{
      ...process.env,
      DISCORD_TOKEN: discord.token,
      STREAMWALL_INGEST_CONFIG: join(folder, 'ingest.json'),
    },
    ...{
      STREAMWALL_SERVER: server.url,
      STREAMWALL_KEY: await server.key('service'),
      STREAMWALL_INGEST_DATA: folder,
    },
  };
  const bot = fork(new URL('worker-entry.ts', import.meta.url), ['discord'], {
    env,
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  try {
    await until('connecting', () => discord.calls.some(({ path }) => path.includes('before=')));
    await until('meeting', () => desks.every(({ sync }) => sync.state().line.type === 'in-step'));
    const everywhere = watchDesks(desks);
    const postedAt = await postPaced(discord);
    await until('the paced part', () => everywhere.size >= PACED);
    const latencies = [...postedAt].map(([id, at]) => (everywhere.get(id) ?? Infinity) - at);
    const began = performance.now();
    await postBurst(discord);
    await until('the burst', () => everywhere.size >= MESSAGES);
    const seconds = (performance.now() - began) / 1_000;
    const { lost, duplicated } = countStreams(desks);
    const round = (value: number) => Math.round(value * 10) / 10;
    console.error(
      `p50 ${round(quantile(latencies, 0.5))} ms, p99 ${round(quantile(latencies, 0.99))} ms to ${DESKS} desks`,
    );
    console.log(
      JSON.stringify({
        messagesPerSecond: Math.round((MESSAGES - PACED) / seconds),
        p95Ms: round(quantile(latencies, 0.95)),
        parseUsMedian: round(measureParsing()),
        lost,
        duplicated,
      }),
    );
  } finally {
    bot.kill('SIGKILL');
    for (const desk of desks) await desk.quit();
    await server.stop();
    await discord.stop();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'bench-discovery-'));
try {
  await measure(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
