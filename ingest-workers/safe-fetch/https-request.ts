import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Destination } from './check-address.ts';
import { ACCEPTED_ENCODINGS } from './read-bounded-body.ts';

/** One request on the wire: no redirects, no body read. */
export type SendHop = (
  to: Destination,
  what: Readonly<{
    method: string;
    headers: Readonly<Record<string, string>>;
    body: string | undefined;
    signal: AbortSignal;
  }>,
) => Promise<IncomingMessage>;

export type HttpsDoor = { readonly send: SendHop; readonly close: () => void };

const MAX_HEADER_BYTES = 16 * 1024;

/** The only place where the ingest workers open a connection to the web. */
export function createHttpsDoor(publicLookup: LookupFunction, ca: string | undefined): HttpsDoor {
  const shared = {
    keepAlive: true,
    keepAliveMsecs: 15_000,
    maxSockets: 16,
    maxFreeSockets: 4,
    timeout: 30_000,
  };
  const agents = {
    'http:': new http.Agent(shared),
    'https:': new https.Agent({ ...shared, ...(ca === undefined ? {} : { ca }) }),
  };

  const sendOnce: SendHop = ({ url, standIn, isLocal }, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const target = standIn ?? url;
      const isPlain = target.protocol === 'http:';
      const options: RequestOptions = {
        host: target.hostname.replace(/^\[|\]$/g, ''),
        port: target.port === '' ? (isPlain ? 80 : 443) : target.port,
        path: `${url.pathname}${url.search}`,
        method,
        headers: { host: url.host, 'accept-encoding': ACCEPTED_ENCODINGS, ...headers },
        agent: isPlain ? agents['http:'] : agents['https:'],
        maxHeaderSize: MAX_HEADER_BYTES,
        signal,
        ...(standIn === undefined && !isLocal ? { lookup: publicLookup } : {}),
      };
      const request = (isPlain ? http : https).request(options, resolve);
      request.on('error', (error: NodeJS.ErrnoException) => {
        const isStale = request.reusedSocket && error.code === 'ECONNRESET' && !signal.aborted;
        reject(isStale ? new StaleConnectionError('the kept connection had ended', { cause: error }) : error);
      });
      request.end(body);
    });

  return {
    // A kept connection can end just as it is used again; that says nothing about the host. A body may have arrived.
    send: (to, what) =>
      sendOnce(to, what).catch((error: unknown) => {
        if (error instanceof StaleConnectionError && what.body === undefined) return sendOnce(to, what);
        throw error;
      }),
    close() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

class StaleConnectionError extends Error {}
