import type { IncomingMessage } from 'node:http';

/** Who asks, behind so many proxies, each of which adds the address of its own caller to X-Forwarded-For. */
export function callerAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>, proxies: number): string {
  const header = request.headers['x-forwarded-for'];
  const told = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  const nearestFirst = [request.socket.remoteAddress ?? 'unknown', ...told.toReversed()];
  return (nearestFirst[Math.min(proxies, nearestFirst.length - 1)] ?? 'unknown').slice(0, 100);
}
