import { readFile, stat } from 'node:fs/promises';
import {
  createServer as createHttpServer,
  type RequestListener,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { Logger } from '#shared/kernel/logger.ts';
import type { TlsFiles } from '../config.ts';
import type { Timers } from '../documents/timers.ts';

export type WebServer = {
  readonly server: HttpServer | HttpsServer;
  /** Reads the certificate again now. A bad one is not taken: the old one stays. */
  readonly reload: () => Promise<void>;
  /** @returns where it listens, as http(s)://host:port */
  readonly listen: (host: string, port: number) => Promise<string>;
  /** Takes no more connections, and closes those that are idle. Resolves once every request was answered. */
  readonly close: () => Promise<void>;
};

const LOOK_MS = 5_000;

/** Serves over TLS when there is a certificate, and takes a new one without a restart. @throws when it cannot be used */
export async function createWebServer(
  listener: RequestListener,
  tls: TlsFiles | undefined,
  { timers, logger }: { readonly timers: Timers; readonly logger: Logger },
): Promise<WebServer> {
  if (tls === undefined)
    return control(
      createHttpServer(listener),
      'http',
      async () => Promise.resolve(),
      () => undefined,
    );
  let version = await versionOf(tls);
  const server = createHttpsServer(await readPair(tls), listener);
  const reload = async (): Promise<void> => {
    try {
      server.setSecureContext(await readPair(tls));
      logger.info('took the certificate');
    } catch (error) {
      logger.error('the certificate cannot be used; the old one stays', { file: tls.certFile, error });
    }
  };
  let isOver = false;
  const look = (): void => {
    timers.after(LOOK_MS, () => {
      if (isOver) return;
      versionOf(tls)
        .then(async (now) => {
          if (now === version) return;
          version = now;
          await reload();
        })
        .catch((error: unknown) => logger.warn('the certificate is not there', { error }))
        .finally(look);
    });
  };
  look();
  return control(server, 'https', reload, () => (isOver = true));
}

function control(
  server: HttpServer | HttpsServer,
  scheme: 'http' | 'https',
  reload: () => Promise<void>,
  onClose: () => void,
): WebServer {
  const underWay = new Set<ServerResponse>();
  let onQuiet = (): void => undefined;
  server.on('request', (_request, response) => {
    underWay.add(response);
    response.once('close', () => {
      underWay.delete(response);
      if (underWay.size === 0) onQuiet();
    });
  });
  return {
    server,
    reload,
    listen: async (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          const address = server.address();
          if (address === null || typeof address === 'string') return;
          const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
          resolve(`${scheme}://${name}:${String(address.port)}`);
        });
      }),
    close: async () => {
      onClose();
      server.close();
      server.closeIdleConnections();
      if (underWay.size > 0) await new Promise<void>((resolve) => (onQuiet = resolve));
    },
  };
}

/** Both at once, and only if they belong together. */
async function readPair({ certFile, keyFile }: TlsFiles): Promise<{ cert: Buffer; key: Buffer }> {
  const [cert, key] = await Promise.all([readFile(certFile), readFile(keyFile)]);
  createSecureContext({ cert, key });
  return { cert, key };
}

/** Changes when a file does, also when it is replaced by another through a link. */
async function versionOf({ certFile, keyFile }: TlsFiles): Promise<string> {
  const found = await Promise.all([stat(certFile), stat(keyFile)]);
  return found
    .map(({ ino, size, mtimeMs }) => `${String(ino)} ${String(size)} ${String(mtimeMs)}`)
    .join(', ');
}
