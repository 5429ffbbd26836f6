import type { RequestHandler } from 'express';

const YEAR_SECONDS = 31_536_000;

/** What keeps answers from being shown, guessed at or framed where they should not be. Pages set a wider policy of their own. */
export function securityHeaders(isHttps: boolean): RequestHandler {
  return (_request, response, next) => {
    response.set({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
      'cache-control': 'no-store',
    });
    if (isHttps) response.set('strict-transport-security', `max-age=${String(YEAR_SECONDS)}`);
    next();
  };
}

const METHODS = 'GET, POST, PUT, PATCH, DELETE';
const HEADERS = 'Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Request-Id';
const EXPOSED = 'ETag, Retry-After, X-Request-Id';
const PREFLIGHT_SECONDS = 600;

/** Lets pages of listed sites read answers; they carry tokens, never cookies. Pages of other sites get nothing. */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins);
  return (request, response, next) => {
    response.vary('Origin');
    const origin = request.get('origin');
    const isAllowed = origin !== undefined && allowed.has(origin);
    if (isAllowed) {
      response.set({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': EXPOSED,
        'cross-origin-resource-policy': 'cross-origin',
      });
    }
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    if (isAllowed) {
      response.set({
        'access-control-allow-methods': METHODS,
        'access-control-allow-headers': HEADERS,
        'access-control-max-age': String(PREFLIGHT_SECONDS),
      });
    }
    response.status(204).end();
  };
}
