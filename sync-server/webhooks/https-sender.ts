import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicHost } from '#shared/model/public-host.ts';
import type { Attempt } from './webhook.ts';

/** Brings a message to a webhook's address. Never throws: what went wrong is an answer, too. */
export type SendMessage = (
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
) => Promise<Attempt>;

const TIMEOUT_MS = 10_000;

/**
 * Why nothing is sent to an address: it is none, or lies in a private network, which nobody may have us knock at.
 * @param localOrigins what the owner of this server allows in spite of that
 */
export function refuseAddress(text: string, localOrigins: readonly string[]): string | undefined {
  if (text.length > 2_048 || !URL.canParse(text)) return 'is not a web address';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'may not hold a user name or password';
  if (localOrigins.includes(url.origin)) return undefined;
  if (url.protocol !== 'https:') return 'must begin with https://';
  return isPublicHost(url.hostname) ? undefined : 'is not on the public internet';
}

/** Over TLS to public addresses only, and to those that are allowed; redirects are not followed. */
export function createSender(localOrigins: readonly string[]): SendMessage {
  return async (url, body, headers) => {
    const refusal = refuseAddress(url, localOrigins);
    if (refusal !== undefined) return { isTaken: false, words: `the address ${refusal}` };
    const address = new URL(url);
    const isLocal = localOrigins.includes(address.origin);
    return post(address, body, {
      method: 'POST',
      timeout: TIMEOUT_MS,
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
      },
      ...(isLocal ? {} : { lookup: lookUpPublic }),
    });
  };
}

async function post(address: URL, body: string, options: RequestOptions): Promise<Attempt> {
  return new Promise((resolve) => {
    const over = (words: string): void => resolve({ isTaken: false, words });
    const make = address.protocol === 'https:' ? requestHttps : requestHttp;
    const request = make(address, options, (response) => {
      const status = response.statusCode ?? 0;
      // What it says is of no interest; a few bytes of courtesy are read.
      response.destroy();
      resolve({ isTaken: status >= 200 && status < 300, words: `answered ${String(status)}` });
    });
    const tooLong = setTimeout(() => request.destroy(new Error('did not answer in time')), TIMEOUT_MS);
    request.once('close', () => clearTimeout(tooLong));
    request.once('timeout', () => request.destroy(new Error('did not answer in time')));
    request.once('error', (error) => over(error.message));
    request.end(body);
  });
}

/** The connection goes to what is answered here: a name cannot be public when it is checked and private when it is used. */
const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { all: true }).then(
    (addresses) => {
      const open = addresses.filter(isPublicAddress);
      const [first] = open;
      if (first === undefined) callback(new Error('the name leads to no public address'), '', 0);
      else if (options.all === true) callback(null, open);
      else callback(null, first.address, first.family);
    },
    (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), '', 0),
  );
};

const isPublicAddress = ({ address, family }: LookupAddress): boolean =>
  isPublicHost(family === 6 ? `[${address}]` : address);
