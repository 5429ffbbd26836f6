import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import type { RestAnswer } from './endpoint.ts';

/** An answer as it goes over the wire. */
export type Prepared = {
  readonly chunks?: AsyncIterable<string>;
  readonly version?: string | undefined;
  readonly status: number;
  readonly type: string | undefined;
  readonly bytes: Buffer;
  readonly etag: string | undefined;
  readonly fileName?: string | undefined;
  readonly isRepeat?: boolean;
  /** The same, made smaller; made when somebody first asks for it. */
  packed?: Buffer;
};

const gzipAsync = promisify(gzip);
/** Less is a single packet either way. */
const WORTH_PACKING = 1_400;
const JSON_TYPE = 'application/json; charset=utf-8';

export function prepareAnswer({
  status,
  body,
  text,
  stream,
  version,
}: RestAnswer & { status: number }): Prepared {
  if (stream !== undefined) {
    const { type, chunks, fileName } = stream;
    return { status, type, bytes: Buffer.alloc(0), etag: undefined, chunks, fileName };
  }
  if (text !== undefined) {
    const bytes = Buffer.from(text.content);
    return { status, type: text.type, bytes, etag: etagOf(bytes), fileName: text.fileName };
  }
  if (body === undefined) return { status, type: undefined, bytes: Buffer.alloc(0), etag: undefined };
  const bytes = Buffer.from(JSON.stringify(body));
  return { status, type: JSON_TYPE, bytes, etag: etagOf(bytes), version };
}

const etagOf = (bytes: Buffer): string => `"${createHash('sha1').update(bytes).digest('base64url')}"`;

export async function sendAnswer(request: Request, response: Response, prepared: Prepared): Promise<void> {
  const { status, type, bytes, etag, fileName, isRepeat } = prepared;
  response.status(status);
  if (isRepeat === true) response.set('idempotent-replayed', 'true');
  if (type === undefined) {
    response.end();
    return;
  }
  response.set({ 'content-type': type, 'cache-control': 'private, no-cache' });
  response.vary('Authorization');
  response.vary('Accept-Encoding');
  if (fileName !== undefined) response.attachment(fileName).set('content-type', type);
  if (prepared.chunks !== undefined) {
    await sendChunks(request, response, prepared.chunks);
    return;
  }
  if (request.method === 'GET' && etag !== undefined) {
    response.set('etag', etag);
    if (matches(request.get('if-none-match'), etag)) {
      response.status(304).end();
      return;
    }
  }
  const isPacked = bytes.length >= WORTH_PACKING && takesGzip(request);
  if (!isPacked) {
    response.end(bytes);
    return;
  }
  prepared.packed ??= await gzipAsync(bytes, { level: 4 });
  response.set('content-encoding', 'gzip').end(prepared.packed);
}

/** Made no faster than it is taken. Who goes away ends it. */
export async function sendChunks(
  request: Request,
  response: Response,
  chunks: AsyncIterable<string>,
): Promise<void> {
  const source = Readable.from(chunks, { objectMode: true });
  const isPacked = takesGzip(request);
  if (isPacked) response.set('content-encoding', 'gzip');
  const ways = isPacked ? [createGzip({ level: 4 }), response] : [response];
  try {
    await pipeline([source, ...ways]);
  } catch (error) {
    // Half an answer cannot be taken back; that it is half one can be seen.
    if (!request.socket.destroyed) throw error;
  }
}

const takesGzip = (request: Request): boolean => /\bgzip\b/.test(request.get('accept-encoding') ?? '');

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}
