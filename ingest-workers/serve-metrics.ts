import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WorkerReport } from './run-workers.ts';
import { writeMetrics } from './write-metrics.ts';

/** `/metrics` for Prometheus, `/healthz` for whoever watches: 503 as soon as one worker is not connected. This machine only. */
export async function serveMetrics(port: number, reports: () => readonly WorkerReport[]) {
  const server = createServer((request, response) => {
    const isHealth = request.url === '/healthz';
    if (!isHealth && request.url !== '/metrics') return response.writeHead(404).end();
    const isWell = reports().every(({ state }) => state?.platform === 'connected');
    const type = isHealth ? 'application/json' : 'text/plain; version=0.0.4';
    response.writeHead(isHealth && !isWell ? 503 : 200, { 'content-type': type });
    return response.end(isHealth ? JSON.stringify({ workers: reports() }) : writeMetrics(reports()));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
