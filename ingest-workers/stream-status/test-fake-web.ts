import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readLiveUrl, readStreamUrl, streamIdOf } from '#shared/model/stream-url.ts';
import { createSafeFetch } from '../safe-fetch/create-safe-fetch.ts';
import type { SafeFetch } from '../safe-fetch/fetch-types.ts';
import type { Subject } from './status-route.ts';

export type FakeRequest = Readonly<{
  host: string;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}>;

export type FakeAnswer = (request: FakeRequest, response: ServerResponse) => void;

/** The platforms, played by a server on this machine under their own names. */
export type FakeWeb = {
  readonly origin: string;
  readonly fetch: SafeFetch;
  /** What this host answers from now on. */
  readonly on: (host: string, answer: FakeAnswer) => void;
  /** Everything that was asked, in order. */
  readonly asked: FakeRequest[];
  /** How long an answer may take, in ms. */
  patienceMs: number;
  readonly close: () => void;
};

export const platformHosts = [
  'api.twitch.tv',
  'id.twitch.tv',
  'gql.twitch.tv',
  'www.googleapis.com',
  'www.youtube.com',
  'consent.youtube.com',
  'api.kick.com',
  'id.kick.com',
  'kick.com',
  'www.tiktok.com',
  'www.facebook.com',
  'www.instagram.com',
  'rumble.com',
  'graphigo.prd.dlive.tv',
  'api.x.com',
  'media.example.com',
  'page.example.com',
];

export async function createFakeWeb(now: { readonly nowMs: () => number }): Promise<FakeWeb> {
  const answers = new Map<string, FakeAnswer>();
  const asked: FakeRequest[] = [];
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const host = message.headers.host ?? '';
      const url = new URL(message.url ?? '/', `https://${host}`);
      const request: FakeRequest = {
        host,
        method: message.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: message.headers,
        body: Buffer.concat(chunks).toString(),
      };
      asked.push(request);
      const answer = answers.get(host);
      if (answer === undefined) response.writeHead(404).end();
      else answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const web = createSafeFetch({
    clock: now,
    standIns: Object.fromEntries(platformHosts.map((host) => [host, origin])),
  });
  const fake: FakeWeb = {
    origin,
    patienceMs: 20_000,
    fetch: (request) => web.fetch({ ...request, timeoutMs: fake.patienceMs }),
    on: (host, answer) => answers.set(host, answer),
    asked,
    close() {
      web.close();
      server.closeAllConnections();
      server.close();
    },
  };
  return fake;
}

export const sendJson =
  (value: unknown, status = 200): FakeAnswer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };

export const sendText =
  (text: string, type = 'text/html; charset=utf-8', status = 200): FakeAnswer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': type }).end(text);
  };

export function subjectOf(link: string): Subject {
  const read = readLiveUrl(link);
  const url = read.ok ? read : readStreamUrl(link);
  if (!url.ok) throw new Error(url.error.message);
  return { id: streamIdOf(url.value.url), platform: url.value.platform, url: url.value };
}
