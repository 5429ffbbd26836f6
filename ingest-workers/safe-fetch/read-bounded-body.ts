import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { hopFailure, type HopFailure } from './fetch-types.ts';

export type BoundedBody = { readonly text: string; readonly isCut: boolean };

/** How bodies may be packed; said in every request. */
export const ACCEPTED_ENCODINGS = 'gzip, br, deflate';

/** Reads a body to its end, unpacked, never holding more than `maxBytes` and one chunk of it. Throws what the stream throws. */
export async function readBoundedBody(
  message: IncomingMessage,
  bounds: Readonly<{ method: string; maxBytes: number; cut: boolean }>,
): Promise<Result<BoundedBody, HopFailure>> {
  if (!hasBody(message, bounds.method)) {
    message.resume();
    return ok({ text: '', isCut: false });
  }
  const { maxBytes, cut } = bounds;
  const unpacked = unpack(message);
  if (!unpacked.ok) {
    message.destroy();
    return unpacked;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of unpacked.value as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes <= maxBytes) continue;
    if (!cut) return tooBig(message, maxBytes);
    message.destroy();
    return ok({ text: decode(Buffer.concat(chunks).subarray(0, maxBytes)), isCut: true });
  }
  return ok({ text: decode(Buffer.concat(chunks)), isCut: false });
}

/** An answer without a body may still say how it would be packed. */
function hasBody({ statusCode, headers }: IncomingMessage, method: string): boolean {
  return method !== 'HEAD' && statusCode !== 204 && statusCode !== 304 && headers['content-length'] !== '0';
}

function tooBig(message: IncomingMessage, maxBytes: number): Result<never, HopFailure> {
  message.destroy();
  return fail(hopFailure('too-big', `The answer is bigger than ${Math.round(maxBytes / 1024)} KiB.`));
}

function unpack(message: IncomingMessage): Result<Readable, HopFailure> {
  const encoding = message.headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return ok(message);
  const decoder = decoderOf(encoding);
  if (decoder === undefined)
    return fail(
      hopFailure('broken-answer', `The answer is packed in an unknown way (${encoding.slice(0, 40)}).`),
    );
  // Its reader sees every error of the two; there is nothing left to say here.
  return ok(pipeline(message, decoder, () => undefined));
}

function decoderOf(encoding: string): Transform | undefined {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'br') return createBrotliDecompress();
  return encoding === 'deflate' ? createInflate() : undefined;
}

const decode = (bytes: Buffer) => new TextDecoder().decode(bytes);
