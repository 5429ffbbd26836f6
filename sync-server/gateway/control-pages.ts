import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';

/**
 * The control room for browsers, at `/`, and the administration, at `/admin`. Where it was not built there is no such page, and the server does everything else.
 * Files under `assets` have their hash in their name and may be kept for ever; everything else is asked for each time.
 */
export function controlPages(folder: string): Router {
  const router = Router();
  if (!existsSync(join(folder, 'index.html'))) return router;
  const admin = join(folder, 'admin.html');
  // The policy of pages is set below, for this one as for the others.
  router.get(/^\/admin\/?$/, (request, _response, next) => {
    if (existsSync(admin)) request.url = '/admin.html';
    next();
  });
  router.use(
    express.static(folder, {
      index: 'index.html',
      redirect: false,
      setHeaders: (response, path) => {
        const isHashed = path.startsWith(join(folder, 'assets'));
        response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
        response.setHeader('content-security-policy', POLICY);
      },
    }),
  );
  return router;
}

/** Our own scripts and no others. The theme and the places of tiles are written as styles of elements. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');
