import { createHosts } from './hosts.ts';
import type { Played } from './original.ts';
import { createRandom } from './random.ts';
import { createRecord } from './record.ts';
import { bestRoute, simulatedRoutes, tell } from './routes.ts';
import { DAY_MS, type SimulatedStream, type World } from './world.ts';

const MINUTE = 60_000;
const TICK_MS = 2000;

type Polled = { readonly stream: SimulatedStream; dueAt: number };

/**
 * A plain poller with our own batch sizes: live streams every 2 minutes, others every 7, each platform's together, so that
 * its requests are full. Every answer is believed at once; a failure is forgotten.
 */
export function playPlain(world: World, seed: number): Played {
  const random = createRandom(seed);
  const record = createRecord(world);
  const hosts = createHosts(world);
  const routes = simulatedRoutes();
  const groups = new Map<string, { host: string; size: number; polled: Polled[] }>();
  /** Streams that share a request are asked about together; the others each in their own time. */
  const shared = random() * 7 * MINUTE;
  for (const stream of world.streams) {
    const route = bestRoute(routes, stream.subject);
    if (route === undefined || stream.subject.platform === 'instagram') continue;
    const host = route.hostOf(stream.subject);
    const group = groups.get(host) ?? { host, size: route.batchSize, polled: [] };
    groups.set(host, group);
    group.polled.push({ stream, dueAt: route.batchSize > 1 ? shared : random() * 7 * MINUTE });
  }
  const ask = (host: string, batch: readonly Polled[], at: number) => {
    const isAnswered = hosts.meet(host, at) === 'answer';
    for (const each of batch) {
      const { id } = each.stream.subject;
      const reading = isAnswered ? tell(each.stream, at, random) : undefined;
      if (reading?.type === 'answer') record.show(id, reading.status, at + 600);
      each.dueAt = at + (record.shownAt(id) === 'live' ? 2 * MINUTE : 7 * MINUTE);
    }
  };
  for (let at = 0; at < DAY_MS; at += TICK_MS) {
    for (const { host, size, polled } of groups.values()) {
      const due = polled.filter(({ dueAt }) => dueAt <= at);
      for (let first = 0; first < due.length; first += size) ask(host, due.slice(first, first + size), at);
    }
  }
  return { record, hosts };
}
