import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RoomWatch } from '../documents/room-parts.ts';
import type { RequestWatch } from '../gateway/request-log.ts';
import type { DependencyTimings } from './dependency-timings.ts';

const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2];

/** What operators measure, in Prometheus' words. */
export type ServerMetrics = {
  readonly room: RoomWatch;
  readonly connection: { readonly closed: (reason: string) => void; readonly cutOff: () => void };
  readonly request: RequestWatch;
  /** In Prometheus' text format. */
  readonly write: () => Promise<{ readonly contentType: string; readonly text: string }>;
};

type Counts = {
  readonly connections: () => number;
  readonly documents: () => number;
  /** Of edits that were passed on unsaved. */
  readonly unsavedBytes: () => number;
};

/**
 * @param count is asked whenever metrics are read
 * @param dependencies are written with them
 */
export function createServerMetrics(count: Counts, dependencies?: DependencyTimings): ServerMetrics {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('streamwall_connections', 'Clients that are connected.', count.connections);
  gauge('streamwall_documents', 'Documents in memory.', count.documents);
  gauge(
    'streamwall_unsaved_bytes',
    'Of edits that were passed on while the database was away, and wait to be stored.',
    count.unsavedBytes,
  );
  gauge('process_resident_memory_bytes', 'Memory of this process.', () => process.memoryUsage.rss());
  const { updates, saving, broadcast, dropped, requests, refused, closed } = createInstruments(registers);
  return {
    room: {
      committed: (count, tookMs) => {
        updates.inc(count);
        saving.observe(tookMs / 1_000);
      },
      told: (tookMs) => broadcast.observe(tookMs / 1_000),
      refused: (reason) => refused.inc({ reason }),
    },
    connection: {
      closed: (reason) => closed.inc({ reason }),
      cutOff: () => {
        closed.inc({ reason: 'slow-reader' });
        dropped.inc();
      },
    },
    request: {
      answered: (route, status, tookMs) =>
        requests.observe({ route, status: String(status) }, tookMs / 1_000),
    },
    write: async () => ({
      contentType: registry.contentType,
      text: `${await registry.metrics()}\n${(await dependencies?.write()) ?? ''}`,
    }),
  };
}

function createInstruments(registers: Registry[]) {
  const updates = new Counter({ name: 'streamwall_updates_saved_total', help: 'Updates stored.', registers });
  const saving = new Histogram({
    name: 'streamwall_save_seconds',
    help: 'From taking a batch of updates until it is stored and called saved.',
    buckets: SECONDS,
    registers,
  });
  const broadcast = new Histogram({
    name: 'streamwall_broadcast_seconds',
    help: 'From taking a batch of updates until it is passed on to everybody here and to other instances.',
    buckets: SECONDS,
    registers,
  });
  const dropped = new Counter({
    name: 'streamwall_readers_dropped_total',
    help: 'Connections that were cut off because they did not take what they were sent.',
    registers,
  });
  const requests = new Histogram({
    name: 'streamwall_http_seconds',
    help: 'HTTP requests, until they were answered.',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers,
  });
  const refused = new Counter({
    name: 'streamwall_updates_refused_total',
    help: 'Updates that were not applied, by reason.',
    labelNames: ['reason'],
    registers,
  });
  const closed = new Counter({
    name: 'streamwall_connections_closed_total',
    help: 'Connections that the server closed, by reason.',
    labelNames: ['reason'],
    registers,
  });
  return { updates, saving, broadcast, dropped, requests, refused, closed };
}
