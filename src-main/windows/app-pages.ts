import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { net, protocol, type Protocol } from 'electron';

/** Where our own pages live. A scheme of its own keeps them apart from every page of the web, and lets a sender be known. */
const SCHEME = 'streamwall';
export const APP_ORIGIN = `${SCHEME}://app`;

export const appPage = (name: string): string => `${APP_ORIGIN}/${name}.html`;

/** To be called before Electron is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/**
 * Serves our pages to one session.
 * @param source the folder of built pages, or the address of the server that serves them while they are being written
 */
export function serveAppPages(
  to: Protocol,
  source: { readonly folder: string } | { readonly devServer: string },
): void {
  to.handle(SCHEME, async (request) => {
    const { host, pathname, search } = new URL(request.url);
    if (host !== 'app') return notFound();
    if ('devServer' in source) return net.fetch(new URL(pathname + search, source.devServer).href);
    return readPage(source.folder, pathname);
  });
}

async function readPage(folder: string, path: string): Promise<Response> {
  try {
    const file = normalize(join(folder, decodeURIComponent(path)));
    if (!file.startsWith(folder + sep)) return notFound();
    const content = await readFile(file);
    const type = CONTENT_TYPES[extname(file)] ?? 'application/octet-stream';
    return new Response(new Uint8Array(content), {
      headers: { 'Content-Type': type, ...(type.startsWith('text/html') ? PAGE_HEADERS : {}) },
    });
  } catch {
    return notFound();
  }
}

const notFound = (): Response => new Response('That is not here.', { status: 404 });

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Our pages run our scripts and no others. Media comes from anywhere: that is what a wall is for. */
const PAGE_HEADERS = {
  'Content-Security-Policy': [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    'media-src * blob:',
    'connect-src *',
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
};
