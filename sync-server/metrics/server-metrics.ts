import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RoomWatch } from '../documents/room-parts.ts';
import type { ConnectionWatch } from '../gateway/sync-connection.ts';

/** What operators measure, in Prometheus' words. */
export type ServerMetrics = {
  readonly room: RoomWatch;
  readonly connection: Pick<ConnectionWatch, 'closed' | 'cutOff'>;
  /** In Prometheus' text format. */
  readonly write: () => Promise<{ readonly contentType: string; readonly text: string }>;
};

/** @param count is asked whenever metrics are read */
export function createServerMetrics(count: {
  connections: () => number;
  documents: () => number;
}): ServerMetrics {
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
  gauge('process_resident_memory_bytes', 'Memory of this process.', () => process.memoryUsage.rss());
  const updates = new Counter({ name: 'streamwall_updates_saved_total', help: 'Updates stored.', registers });
  const saving = new Histogram({
    name: 'streamwall_save_seconds',
    help: 'From taking a batch of updates until it is stored and passed on.',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
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
  return {
    room: {
      committed: (count, tookMs) => {
        updates.inc(count);
        saving.observe(tookMs / 1_000);
      },
      refused: (reason) => refused.inc({ reason }),
    },
    connection: {
      closed: (reason) => closed.inc({ reason }),
      cutOff: () => closed.inc({ reason: 'slow-reader' }),
    },
    write: async () => ({
      contentType: registry.contentType,
      text: await registry.metrics(),
    }),
  };
}
