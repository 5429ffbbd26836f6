import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { livePlaylist } from '../../src-main/demo-channels/live-playlist.ts';
import { readByteRange } from '../../src-main/demo-channels/read-byte-range.ts';
import { readClip } from '../../src-main/demo-channels/read-clip.ts';
import { camera, createCamera, type Camera } from './zoo-camera.ts';
import { zooPages, type ZooOrigins } from './zoo-pages.ts';

const CLIPS = resolve(import.meta.dirname, '../../src-main/demo-channels/clips');

/**
 * Serves the zoo on several local origins. `127.0.0.1`, `a.localhost` and `b.localhost` are sites of their own, each
 * on a port of its own; only the media on the first one is open to other origins.
 */
export type Zoo = {
  readonly origins: ZooOrigins;
  /** How often a path was asked for. */
  readonly hits: (path: string) => number;
  /** How many bytes were taken of the longest answer that has no end. */
  readonly taken: () => number;
  /** Every path that was asked for. */
  readonly asked: () => readonly string[];
  /** From now on the sources under these names do what they otherwise would not: stand still, or are gone. */
  readonly trouble: Set<string>;
  readonly stop: () => Promise<void>;
};

type Keeper = {
  readonly origins: ZooOrigins;
  readonly camera: Camera;
  readonly hits: Map<string, number>;
  /** Of each answer that has no end, how many bytes went out. */
  readonly endless: number[];
  readonly trouble: Set<string>;
};

export async function openZoo(): Promise<Zoo> {
  const servers = [createServer(), createServer(), createServer()];
  const [main = 0, first = 0, second = 0] = await Promise.all(servers.map(listen));
  const keeper: Keeper = {
    origins: {
      main: `http://127.0.0.1:${String(main)}`,
      first: `http://a.localhost:${String(first)}`,
      second: `http://b.localhost:${String(second)}`,
    },
    camera: createCamera(),
    hits: new Map(),
    endless: [],
    trouble: new Set(),
  };
  for (const [index, server] of servers.entries()) {
    server.on('upgrade', (request, socket) => {
      keeper.hits.set(request.url ?? '/', 1);
      socket.destroy();
    });
    server.on('request', (request, response) => {
      answer(keeper, index === 0, request, response).catch(() => response.destroy());
    });
  }
  return {
    origins: keeper.origins,
    trouble: keeper.trouble,
    asked: () => [...keeper.hits.keys()],
    hits: (path) => keeper.hits.get(path) ?? 0,
    taken: () => Math.max(0, ...keeper.endless),
    stop: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

async function answer(
  keeper: Keeper,
  isOpen: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', keeper.origins.main);
  const visit = (keeper.hits.get(pathname) ?? 0) + 1;
  keeper.hits.set(pathname, visit);
  const [, place = '', name = ''] = pathname.split('/');
  if (isOpen) response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cache-Control', 'no-store');
  if (keeper.trouble.has(`gone ${request.url ?? ''}`)) {
    response.statusCode = 503;
    response.end();
    return;
  }
  switch (place) {
    case 'live':
      return sendPlaylist(keeper, name.replace(/\.m3u8$/, ''), response);
    case 'files':
      return sendFile(name, request, response);
    case 'clips':
      return sendClip(name, request, response);
    case 'camera':
      return camera(keeper.camera, name, request, response);
    case 'page':
      return sendPage(keeper, name, visit, response);
    case 'status':
      response.statusCode = Number(name);
      response.setHeader('Content-Type', 'text/html');
      response.end(`<h1>${name}</h1>`);
      return;
    case 'silence':
      // Taken, and never answered.
      return;
    case 'half':
      response.setHeader('Content-Type', 'text/html');
      response.write('<!doctype html><title>Half</title><p>The rest is coming');
      return;
    case 'endless':
      sendWithoutEnd(keeper, response);
      return;
    case 'redirect':
      response.statusCode = 302;
      response.setHeader('Location', `/redirect/${String(visit)}`);
      response.end();
      return;
    case 'elsewhere':
      response.statusCode = 302;
      response.setHeader('Location', keeper.origins.second + '/page/plain');
      response.end();
      return;
    case 'inward':
      response.statusCode = 302;
      response.setHeader('Location', 'http://169.254.169.254/latest/meta-data/');
      response.end();
      return;
    case 'download':
      response.setHeader('Content-Type', 'application/zip');
      response.setHeader('Content-Disposition', 'attachment; filename="a-gift.zip"');
      response.end('PK');
      return;
    default:
      response.statusCode = 404;
      response.end('That is not here.');
  }
}

const MEGABYTE_OF_LIST = '#EXTINF:4,\nnext.ts\n'.repeat(55_000);

/** A list of segments that goes on as long as somebody reads it. */
function sendWithoutEnd({ endless }: Keeper, response: ServerResponse): void {
  const at = endless.push(0) - 1;
  const send = (): void => {
    let hasRoom = true;
    while (hasRoom && !response.destroyed) {
      hasRoom = response.write(MEGABYTE_OF_LIST);
      endless[at] = (endless[at] ?? 0) + MEGABYTE_OF_LIST.length;
    }
  };
  response.setHeader('Content-Type', 'application/vnd.apple.mpegurl');
  response.write('#EXTM3U\n#EXT-X-TARGETDURATION:4\n');
  response.on('drain', send);
  send();
}

/** When each stream that is to stand still began to. */
const frozenAt = new Map<string, number>();

async function sendPlaylist({ trouble }: Keeper, name: string, response: ServerResponse): Promise<void> {
  if (trouble.has(`gone ${name}`)) {
    response.statusCode = 503;
    response.end();
    return;
  }
  const clip = readClip(await readFile(join(CLIPS, `${name}.m3u8`), 'utf8'));
  if (!trouble.has(`frozen ${name}`)) frozenAt.delete(name);
  else if (!frozenAt.has(name)) frozenAt.set(name, Date.now());
  const playlist = livePlaylist(clip, frozenAt.get(name) ?? Date.now(), '/files/');
  response.setHeader('Content-Type', 'application/vnd.apple.mpegurl');
  response.end(trouble.has(`ended ${name}`) ? `${playlist}#EXT-X-ENDLIST\n` : playlist);
}

function sendPage(keeper: Keeper, name: string, visit: number, response: ServerResponse): void {
  const page = zooPages[name];
  response.statusCode = page === undefined ? 404 : 200;
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(page?.({ ...keeper.origins, visit }) ?? 'That is not here.');
}

async function sendFile(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!/^[a-z]+\.(?:mp4|m2t)$/.test(name)) {
    response.statusCode = 404;
    response.end();
    return;
  }
  sendBytes(await readFile(join(CLIPS, name)), name, request, response);
}

/** Clips of the zoo's own: in forms that no demo channel has. */
async function sendClip(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!/^[a-z]+(?:-\d)?\.(?:mp4|mpd|m4a)$/.test(name)) throw new Error('no such clip');
  sendBytes(await readFile(join(import.meta.dirname, 'clips', name)), name, request, response);
}

const TYPES: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m2t: 'video/mp2t',
  m4a: 'audio/mp4',
  mpd: 'application/dash+xml',
};

function sendBytes(bytes: Buffer, name: string, request: IncomingMessage, response: ServerResponse): void {
  const range = readByteRange(request.headers.range, bytes.length);
  response.setHeader('Content-Type', TYPES[name.slice(-3)] ?? 'application/octet-stream');
  response.setHeader('Accept-Ranges', 'bytes');
  if (range === undefined || range === 'unsatisfiable') {
    response.end(bytes);
    return;
  }
  const { start, end } = range;
  response.statusCode = 206;
  response.setHeader('Content-Range', `bytes ${String(start)}-${String(end)}/${String(bytes.length)}`);
  response.end(bytes.subarray(start, end + 1));
}

async function listen(server: Server): Promise<number> {
  return new Promise((done) => {
    server.listen(0, () => {
      const address = server.address();
      done(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => {
    server.close(() => {
      done();
    });
  });
}
