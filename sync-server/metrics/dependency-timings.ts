import { Histogram, Registry } from 'prom-client';

/** How long those take on which the server depends, as it sees it. */
export type DependencyTimings = {
  readonly database: (tookMs: number) => void;
  readonly redis: (tookMs: number) => void;
  /** In Prometheus' text format. */
  readonly write: () => Promise<string>;
};

export function createDependencyTimings(): DependencyTimings {
  const registry = new Registry();
  const timing = (name: string, help: string) => {
    const buckets = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.2, 1, 5];
    const histogram = new Histogram({ name, help, buckets, registers: [registry] });
    return (tookMs: number): void => histogram.observe(tookMs / 1_000);
  };
  return {
    database: timing('streamwall_database_seconds', 'A statement, until the database answered it.'),
    redis: timing('streamwall_redis_seconds', 'A count or a ping, until Redis answered it.'),
    write: async () => registry.metrics(),
  };
}
