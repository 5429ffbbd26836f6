import { median, spreadOf } from '../statistics.ts';
import { watchCost } from './cost-watch.ts';
import { addStream, makeCatalogue, type Catalogue } from './made-edits.ts';
import { RawClient, type Target } from './raw-client.ts';
import { instanceOf, scaled, wait, type Task } from './task.ts';

const DOCUMENT = 'catalogue';
/** What counts as the whole when it arrives: servers encode a little differently. */
const WHOLE = 0.8;
const LOADS_ONE_BY_ONE = 7;

/** (d) Loads of a catalogue of 5,000 streams, one by one and 50 at once, with the document in the server's memory. */
export async function loadWarm(task: Task): Promise<Record<string, number>> {
  const catalogue = makeCatalogue(scaled(5_000, task.scale));
  const keepers = await seed(task.targets, catalogue);
  const stopWatch = watchCost(task.targets, task.databasePids);
  const one: number[] = [];
  for (let i = 0; i < LOADS_ONE_BY_ONE; i++) {
    await touch(keepers);
    one.push(...(await load([instanceOf(task.targets, i)], 1, catalogue.bytes)).eachMs);
  }
  const oneCost = stopWatch();
  await touch(keepers);
  const stopMany = watchCost(task.targets, task.databasePids);
  const many = await load(task.targets, 50, catalogue.bytes);
  const manyCost = stopMany();
  await Promise.all(keepers.map(async (keeper) => keeper.leave()));
  const { p95, p99 } = spreadOf(many.eachMs);
  return {
    one: median(one),
    oneCpuMs: oneCost.cpuMs / LOADS_ONE_BY_ONE,
    fifty: many.allMs,
    fiftyP95: p95,
    fiftyP99: p99,
    fiftyCpuMs: manyCost.cpuMs,
    peakMb: manyCost.peakMb,
  };
}

/** (d) 50 at once at a server that was just started. */
export async function loadCold(task: Task): Promise<Record<string, number>> {
  const { bytes } = makeCatalogue(scaled(5_000, task.scale));
  const stopWatch = watchCost(task.targets, task.databasePids);
  const { allMs } = await load(task.targets, 50, bytes);
  return { fiftyCold: allMs, fiftyColdCpuMs: stopWatch().cpuMs };
}

/** (g) 200 clients of a document of 1,000 streams that come back at once: with its state, and with nothing. */
export async function reconnect(task: Task): Promise<Record<string, number>> {
  const catalogue = makeCatalogue(scaled(1_000, task.scale));
  const keepers = await seed(task.targets, catalogue);
  const people = scaled(200, task.scale);
  await touch(keepers);
  const stopWatch = watchCost(task.targets, task.databasePids);
  const old = await load(task.targets, people, 0, catalogue.stateVector);
  const oldCost = stopWatch();
  await touch(keepers);
  const stopNew = watchCost(task.targets, task.databasePids);
  const fresh = await load(task.targets, people, catalogue.bytes);
  const newCost = stopNew();
  for (const keeper of keepers) keeper.close();
  return {
    withState: old.allMs,
    withStateP95: spreadOf(old.eachMs).p95,
    withStateCpuMs: oldCost.cpuMs,
    asNew: fresh.allMs,
    asNewP95: spreadOf(fresh.eachMs).p95,
    asNewCpuMs: newCost.cpuMs,
    peakMb: newCost.peakMb,
  };
}

/** Fills the catalogue, and stays connected to each instance so that all hold it in memory. */
async function seed(
  targets: readonly Target[],
  { updates, bytes }: Catalogue,
): Promise<readonly RawClient[]> {
  const keepers = targets.map((target) => new RawClient(target, DOCUMENT));
  await Promise.all(keepers.map(async ({ synced }) => synced));
  const [first] = keepers;
  for (const update of updates) first?.send(first.frames.edit(update));
  const deadlineMs = performance.now() + 60_000;
  for (const target of targets) {
    while ((await bytesOf(target)) < bytes * WHOLE) {
      if (performance.now() > deadlineMs) throw new Error('the server did not take the catalogue');
      await wait(100);
    }
  }
  return keepers;
}

/** An edit by each keeper, as a document in use has them, so that no load is of the same state as the last one. */
async function touch(keepers: readonly RawClient[]): Promise<void> {
  for (const keeper of keepers) keeper.send(keeper.frames.edit(addStream()));
  await wait(100);
}

async function bytesOf(target: Target): Promise<number> {
  const client = new RawClient(target, DOCUMENT);
  const bytes = await client.synced;
  client.close();
  return bytes;
}

type Loads = { readonly eachMs: readonly number[]; readonly allMs: number };

async function load(
  targets: readonly Target[],
  count: number,
  wholeBytes: number,
  stateVector?: Uint8Array,
): Promise<Loads> {
  const beganMs = performance.now();
  const clients = Array.from(
    { length: count },
    (_, i) => new RawClient(instanceOf(targets, i), DOCUMENT, {}, stateVector),
  );
  const eachMs = await Promise.all(
    clients.map(async ({ synced }) => {
      const bytes = await synced;
      if (bytes < wholeBytes * WHOLE) throw new Error(`loaded only ${String(bytes)} bytes`);
      return performance.now() - beganMs;
    }),
  );
  const allMs = performance.now() - beganMs;
  for (const client of clients) client.close();
  return { eachMs, allMs };
}
