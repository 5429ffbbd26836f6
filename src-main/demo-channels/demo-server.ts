import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import { demoChannels, type DemoChannel } from './channels.ts';
import { framedPlayer, pageWithFrame, pageWithVideo } from './demo-pages.ts';
import { livePlaylist } from './live-playlist.ts';
import { readByteRange } from './read-byte-range.ts';
import { readClip } from './read-clip.ts';

/** What `/health` answers, so that one demo server knows another when it meets it on its port. */
export const DEMO_SERVER_NAME = 'streamwall-demo-channels';

export type DemoServer = {
  /** Where the channels are: `http://127.0.0.1:PORT`. */
  readonly origin: string;
  stop(): Promise<void>;
};

export type DemoServerOptions = {
  /** Where the clips and their indexes lie. */
  readonly clipsFolder: string;
  /** The first of two ports, both on 127.0.0.1; the next one serves what pages frame. 0 takes any two. */
  readonly port: number;
  readonly clock: Clock;
};

/** Serves the demo channels on this machine. Fails with the port that something else holds. */
export async function startDemoServer(
  options: DemoServerOptions,
): Promise<Result<DemoServer, { takenPort: number }>> {
  const framed = createServer();
  const main = createServer();
  const framedPort = await listen(framed, options.port === 0 ? 0 : options.port + 1);
  if (framedPort === undefined) return fail({ takenPort: options.port + 1 });
  const port = await listen(main, options.port);
  if (port === undefined) {
    await close(framed);
    return fail({ takenPort: options.port });
  }
  const origins = { main: originOf(port), framed: originOf(framedPort) };
  for (const server of [main, framed])
    server.on('request', (request, response) => void answer(options, origins, request, response));
  return ok({
    origin: origins.main,
    stop: async () => {
      await Promise.all([close(main), close(framed)]);
    },
  });
}

const originOf = (port: number): string => `http://127.0.0.1:${String(port)}`;

type Origins = { readonly main: string; readonly framed: string };

async function answer(
  options: DemoServerOptions,
  origins: Origins,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.on('error', () => response.destroy());
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'Only GET is answered here.');
    const target = request.url ?? '/';
    const address = URL.canParse(target, origins.main) ? new URL(target, origins.main) : undefined;
    const [, place = '', name = ''] = (address?.pathname ?? '').split('/');
    if (place === 'health')
      return send(response, 'application/json', JSON.stringify({ program: DEMO_SERVER_NAME }));
    if (place === 'clips' || place === 'closed-clips' || place === 'files') {
      return await sendClip(options, place !== 'closed-clips', name, request, response);
    }
    const channel = demoChannels.find((each) => each.name === name.replace(/\.m3u8$/, ''));
    if (channel === undefined) return refuse(response, 404, 'There is no such channel.');
    return await sendChannel(options, origins, place, channel, response);
  } catch {
    if (response.headersSent) response.destroy();
    else refuse(response, 404, 'That is not here.');
  }
}

async function sendChannel(
  { clipsFolder, clock }: DemoServerOptions,
  origins: Origins,
  place: string,
  { name, label }: DemoChannel,
  response: ServerResponse,
): Promise<void> {
  switch (place) {
    case 'live':
    case 'closed': {
      const clip = readClip(await readFile(join(clipsFolder, `${name}.m3u8`), 'utf8'));
      const isOpen = place === 'live';
      const playlist = livePlaylist(clip, clock.nowMs(), isOpen ? '/clips/' : '/closed-clips/');
      send(response, 'application/vnd.apple.mpegurl', playlist, isOpen);
      return;
    }
    case 'watch': {
      const hasFrame = demoChannels.some((each) => each.name === name && each.form === 'page-with-frame');
      const page = hasFrame
        ? pageWithFrame(label, `${origins.framed}/framed/${name}`)
        : pageWithVideo(label, `/files/${name}.mp4`);
      send(response, 'text/html; charset=utf-8', page);
      return;
    }
    case 'framed':
      send(response, 'text/html; charset=utf-8', framedPlayer(`/files/${name}.mp4`));
      return;
    default:
      refuse(response, 404, 'That is not here.');
  }
}

const CLIP_TYPES: Readonly<Record<string, string>> = { m2t: 'video/mp2t', mp4: 'video/mp4' };

async function sendClip(
  { clipsFolder }: DemoServerOptions,
  isOpen: boolean,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const ending = /^[a-z]+\.(m2t|mp4)$/.exec(name)?.[1];
  if (ending === undefined) return refuse(response, 404, 'There is no such clip.');
  const path = join(clipsFolder, name);
  const { size } = await stat(path);
  const range = readByteRange(request.headers.range, size);
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${String(size)}`);
    return refuse(response, 416, 'The clip has no such bytes.');
  }
  if (isOpen) response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Content-Type', CLIP_TYPES[ending] ?? 'application/octet-stream');
  response.setHeader('Accept-Ranges', 'bytes');
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.setHeader('Content-Length', end - start + 1);
  if (range !== undefined) {
    response.statusCode = 206;
    response.setHeader('Content-Range', `bytes ${String(start)}-${String(end)}/${String(size)}`);
  }
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const file = createReadStream(path, { start, end });
  file.on('error', () => response.destroy());
  response.on('close', () => file.destroy());
  file.pipe(response);
}

function send(response: ServerResponse, type: string, text: string, isOpen = true): void {
  if (isOpen) response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Content-Type', type);
  response.setHeader('Cache-Control', 'no-store');
  response.end(text);
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end(words);
}

async function listen(server: Server, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : undefined);
    });
  });
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
