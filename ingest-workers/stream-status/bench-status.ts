import { createMemoryDisk, createInMemoryReplicaStore } from '#shared/replica/in-memory-replica-store.ts';
import { openReplica, type Replica } from '#shared/replica/replica.ts';
import { ActorId } from '#shared/model/ids.ts';
import type { Judged } from './check-book.ts';
import { playOriginal, type Played } from './simulated-day/original.ts';
import { playOurs } from './simulated-day/ours.ts';
import { playPlain } from './simulated-day/plain-poller.ts';
import { scoreDay, type Score } from './simulated-day/score.ts';
import { createWorld, isOriginals, isTelling, START_AT, type World } from './simulated-day/world.ts';
import { planStatusWords } from './status-words.ts';

/**
 * A day of 5,000 streams, lived by this checker, by the original's algorithm and by a plain poller.
 * `npm run bench:status [-- streams [seed,seed,…]]`; the last line is JSON, of several seeds the worst.
 */
const STREAMS = Number(process.argv[2] ?? 5000);
const SEEDS = (process.argv[3] ?? '7').split(',').map(Number);
/** What the last line says, in this order. */
const figures = [
  'detectionP95Ratio',
  'requestsRatio',
  'plainDetectionRatio',
  'plainRequestsRatio',
  'falseOffline',
  'wrongMinutesRatio',
  'docBytesPerStream',
] as const;
/** Longer than this, a live stream shown as over counts as false: one damping window. */
const DAMPING_MS = 75_000;

const total = ({ hosts }: Played) => [...hosts.requests().values()].reduce((sum, count) => sum + count, 0);
const minutes = (ms: number) => (ms / 60_000).toFixed(1).padStart(6);

function say(name: string, score: Score, requests: number): void {
  const { detectionP50, detectionP95, startP95, endP95, wrongMinutes, unknownMinutes, falseOffline } = score;
  console.log(
    `${name.padEnd(34)} p50 ${minutes(detectionP50)}  p95 ${minutes(detectionP95)} (starts ${minutes(startP95)}, ends ${minutes(endP95)}) min` +
      `  wrong ${wrongMinutes.toFixed(0).padStart(7)} min  unknown ${unknownMinutes.toFixed(0).padStart(6)} min` +
      `  false offline ${String(falseOffline).padStart(4)}  requests ${requests}`,
  );
}

function sayHosts(name: string, { hosts }: Played): void {
  const counts = [...hosts.requests()].sort((a, b) => b[1] - a[1]);
  console.log(`${name}: ${counts.map(([host, count]) => `${host} ${count}`).join(', ')}`);
}

async function openCatalogue(world: World, nowMs: () => number): Promise<Replica> {
  const opened = await openReplica({
    store: createInMemoryReplicaStore(createMemoryDisk()),
    actor: ActorId.parse('service:status'),
    role: 'service',
    clock: { nowMs },
  });
  if (!opened.ok) throw new Error(opened.error.words);
  for (const { subject } of world.streams)
    await opened.value.send({
      document: 'catalogue',
      command: { type: 'add-stream', link: subject.url.url },
    });
  return opened.value;
}

/** What the day costs in the document: every judgement is written the way the worker writes it. */
async function measureDocument(
  world: World,
  judged: readonly (readonly [Judged, number])[],
): Promise<{ bytes: number; writes: number }> {
  let now = START_AT;
  const replica = await openCatalogue(world, () => now);
  const size = async () => {
    const encoded = await replica.sync.encode('catalogue');
    return encoded.ok ? encoded.value.byteLength : 0;
  };
  const before = await size();
  let writes = 0;
  for (const [{ id, after }, at] of judged) {
    now = at;
    const view = replica.catalogue().streams.get(id);
    if (view === undefined) continue;
    for (const command of planStatusWords(view, after, undefined, at)) {
      const done = await replica.send({ document: 'catalogue', command });
      if (done.ok) writes += 1;
    }
  }
  const bytes = (await size()) - before;
  await replica.close();
  return { bytes, writes };
}

type Line = Readonly<Record<(typeof figures)[number], number>>;

const ratio = (a: number, b: number) => Number((a / b).toFixed(3));

async function playDay(seed: number): Promise<Line> {
  const world = createWorld(STREAMS, seed);
  const judged: [Judged, number][] = [];
  const ours = playOurs(world, seed + 1, (each, at) => {
    if (each.after.belief !== each.before.belief) judged.push([each, at]);
  });
  const original = playOriginal(world, seed + 2);
  const plain = playPlain(world, seed + 3);
  const document = await measureDocument(world, judged);
  const score = ({ record }: Played, counts: typeof isTelling) => scoreDay(world, record, counts, DAMPING_MS);
  const fair = { ours: score(ours, isOriginals), original: score(original, isOriginals) };
  const all = { ours: score(ours, isTelling), plain: score(plain, isTelling) };
  console.log(
    `${STREAMS} streams, seed ${seed}: ${all.ours.transitions} starts and ends; Twitch, YouTube and TikTok:`,
  );
  say('  this checker', fair.ours, total(ours));
  say('  the original', fair.original, total(original));
  console.log('all platforms that tell:');
  say('  this checker', all.ours, total(ours));
  say('  a plain poller, same batches', all.plain, total(plain));
  sayHosts('requests of this checker', ours);
  sayHosts('requests of the plain poller', plain);
  sayHosts('requests of the original', original);
  console.log(`${document.writes} writes to the document, ${document.bytes} bytes`);
  return {
    detectionP95Ratio: ratio(fair.ours.detectionP95, fair.original.detectionP95),
    requestsRatio: ratio(total(ours), total(original)),
    plainDetectionRatio: ratio(all.ours.detectionP95, all.plain.detectionP95),
    plainRequestsRatio: ratio(total(ours), total(plain)),
    falseOffline: all.ours.falseOffline,
    wrongMinutesRatio: ratio(fair.ours.wrongMinutes, fair.original.wrongMinutes),
    docBytesPerStream: Number((document.bytes / STREAMS).toFixed(1)),
  };
}

/** Of several days the worst counts: all of these are better when they are smaller. */
function worstOf(lines: readonly Line[]): Line {
  const worst = (name: keyof Line) => Math.max(...lines.map((line) => line[name]));
  return Object.fromEntries(figures.map((name) => [name, worst(name)])) as Line;
}

const lines: Line[] = [];
for (const seed of SEEDS) lines.push(await playDay(seed));
if (lines.length > 1) {
  console.log(['seed', ...figures].join('  '));
  for (const [n, line] of lines.entries())
    console.log([SEEDS[n], ...figures.map((name) => String(line[name]).padStart(name.length))].join('  '));
  console.log('the worst of them:');
}
console.log(JSON.stringify(worstOf(lines)));
