import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';

const API = '/api/v1';
const REQUEST_ID = /^[A-Za-z0-9_.:-]{8,80}$/;

/** Told of every request that was answered. */
export type RequestWatch = { answered(route: string, status: number, tookMs: number): void };

/**
 * Gives each request an id, which the answer carries and every line of the log about it; a proxy's own is kept. Of the
 * address only the route is logged: tokens stand in the rest of it.
 */
export function logRequests(logger: Logger, clock: Clock, watch: RequestWatch): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id');
    const requestId = given !== undefined && REQUEST_ID.test(given) ? given : randomUUID();
    const atMs = clock.nowMs();
    response.set('x-request-id', requestId);
    response.once('close', () => {
      const route = routeOf(request);
      const tookMs = clock.nowMs() - atMs;
      watch.answered(route, response.statusCode, tookMs);
      const details = { requestId, method: request.method, route, status: response.statusCode, tookMs };
      logger.info('request', {
        ...details,
        ...actorOf(response),
        ...(response.writableFinished ? {} : { cut: true }),
      });
    });
    next();
  };
}

/** As it is declared, without what stands in it. */
export function routeOf(request: Request): string {
  const route: unknown = request.route;
  const path = route !== null && typeof route === 'object' && 'path' in route ? route.path : undefined;
  if (typeof path !== 'string') return '(none)';
  // Once a request has failed, express has forgotten below what its route lay.
  const base = request.baseUrl === '' && request.originalUrl.startsWith(`${API}/`) ? API : request.baseUrl;
  return base + path;
}

function actorOf({ locals }: Response): { readonly actor?: string } {
  const actor: unknown = locals['actor'];
  return typeof actor === 'string' ? { actor } : {};
}
