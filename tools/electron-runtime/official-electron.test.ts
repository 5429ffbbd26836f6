import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  downloadOfficialArchive,
  officialArchiveIsCached,
  usualPatience,
  type OfficialElectron,
} from './official-electron.ts';

const archive = Buffer.from('not really an archive');
const quick = { answerMs: 300, silenceMs: 300 };
let folder: string;
let server: Server;
let electron: OfficialElectron;
let asked: string[];

/** A mirror on this machine; the checksum is that of `archive`. */
async function mirror(answer: RequestListener): Promise<void> {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${address.port}/`);
}

beforeEach(async () => {
  asked = [];
  folder = await mkdtemp(join(tmpdir(), 'official-electron-'));
  const sha256 = createHash('sha256').update(archive).digest('hex');
  electron = {
    version: '45.4.1',
    checksums: { 'electron-v45.4.1-linux-x64.zip': sha256 },
    platform: 'linux',
    arch: 'x64',
    cacheRoot: folder,
  };
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

it('downloads from the mirror that the person named, and the next time asks nobody', async () => {
  await mirror((_, response) => response.end(archive));
  expect(await officialArchiveIsCached(electron)).toBe(false);
  expect(asked).toEqual([]);
  expect(await downloadOfficialArchive(electron, usualPatience)).toEqual({ ok: true, value: undefined });
  expect(asked).toEqual(['/v45.4.1/electron-v45.4.1-linux-x64.zip']);
  expect(await officialArchiveIsCached(electron)).toBe(true);
  expect(asked).toHaveLength(1);
});

it('does not keep an archive that is not the one published', async () => {
  await mirror((_, response) => response.end('something else'));
  const download = await downloadOfficialArchive(electron, usualPatience);
  expect(download.ok).toBe(false);
  expect(await officialArchiveIsCached(electron)).toBe(false);
});

it('says what the answer was when there is no archive', async () => {
  await mirror((_, response) => response.writeHead(404).end());
  expect(await downloadOfficialArchive(electron, usualPatience)).toEqual({
    ok: false,
    error: 'the answer was 404',
  });
});

it('gives up when nobody answers', async () => {
  await mirror(() => undefined);
  expect(await downloadOfficialArchive(electron, quick)).toEqual({ ok: false, error: 'no answer for 0.3 s' });
});

it('gives up when the bytes stop coming, and keeps none', async () => {
  await mirror((_, response) => {
    response.writeHead(200, { 'content-length': archive.length });
    response.write(archive.subarray(0, 4));
  });
  expect(await downloadOfficialArchive(electron, quick)).toEqual({ ok: false, error: 'no bytes for 0.3 s' });
  expect(await officialArchiveIsCached(electron)).toBe(false);
});

it('names the innermost reason when the connection breaks', async () => {
  await mirror((request) => request.socket.destroy());
  const download = await downloadOfficialArchive(electron, usualPatience);
  expect(!download.ok && download.error).not.toBe('fetch failed');
});
