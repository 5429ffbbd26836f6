import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type HealthPages = Readonly<{ isWell: boolean; health: unknown; metrics: () => string }>;

/** `/metrics` for Prometheus, `/healthz` (503 while not well) for whoever watches. This machine only. */
export async function serveHealth(port: number, read: () => HealthPages) {
  const server = createServer((request, response) => {
    const isHealth = request.url === '/healthz';
    if (!isHealth && request.url !== '/metrics') return response.writeHead(404).end();
    const { isWell, health, metrics } = read();
    const type = isHealth ? 'application/json' : 'text/plain; version=0.0.4';
    response.writeHead(isHealth && !isWell ? 503 : 200, { 'content-type': type });
    return response.end(isHealth ? JSON.stringify(health) : metrics());
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
