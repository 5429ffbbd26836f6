import { copyFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Timers } from '../documents/timers.ts';
import { createWebServer, type WebServer } from './web-server.ts';

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name);
const silent = (): void => undefined;

let folder: string;
let errors: string[];
/** What waits for the clock to go on. */
let waiting: (() => void)[];
let web: WebServer | undefined;
const files = () => ({ certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamwall-tls-'));
  [errors, waiting, web] = [[], [], undefined];
  install('one');
});
afterEach(() => {
  void web?.close();
  rmSync(folder, { recursive: true, force: true });
});

function install(name: 'one' | 'two'): void {
  const { certFile, keyFile } = files();
  copyFileSync(fixture(`tls-${name}-cert.pem`), certFile);
  copyFileSync(fixture(`tls-${name}-key.pem`), keyFile);
  for (const file of [certFile, keyFile]) utimesSync(file, 1, name === 'one' ? 1_000 : 2_000);
}

async function start(): Promise<number> {
  const timers: Timers = {
    afterThisTurn: silent,
    after: (_, work) => {
      waiting.push(work);
      return silent;
    },
  };
  const logger = { info: silent, warn: silent, error: (message: string) => void errors.push(message) };
  web = await createWebServer((_, response) => response.end('hello'), files(), { timers, logger });
  const url = await web.listen('127.0.0.1', 0);
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  return Number(new URL(url).port);
}

/** Whose certificate a new connection gets. */
async function nameAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

/** Lets the server look at its files. */
async function look(): Promise<void> {
  for (const work of waiting.splice(0)) work();
  while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
}

describe('a server that stops', () => {
  it('answers what was asked before, and takes nothing more', async () => {
    let answer = silent;
    const asked = new Promise<void>((resolve) => {
      void createWebServer(
        (_, response) => {
          answer = () => void response.end('late');
          resolve();
        },
        undefined,
        {
          timers: { afterThisTurn: silent, after: () => silent },
          logger: { info: silent, warn: silent, error: silent },
        },
      ).then((opened) => (web = opened));
    });
    await vi.waitFor(() => expect(web).toBeDefined());
    const url = (await web?.listen('127.0.0.1', 0)) ?? '';
    const text = fetch(url).then(async (response) => response.text());
    await asked;
    let isClosed = false;
    const closed = web?.close().then(() => (isClosed = true));
    await expect(fetch(url)).rejects.toThrow();
    expect(isClosed).toBe(false);
    answer();
    expect(await text).toBe('late');
    await closed;
  });
});

describe('a server with a certificate', () => {
  it('speaks https', async () => {
    const port = await start();
    const text = await new Promise((resolve, reject) => {
      const url = `https://127.0.0.1:${String(port)}/`;
      get(url, { rejectUnauthorized: false }, (response) => {
        response.on('data', (chunk: Buffer) => resolve(chunk.toString()));
      }).once('error', reject);
    });
    expect(text).toBe('hello');
  });

  it('takes a new one when the files changed, without a restart', async () => {
    const port = await start();
    await look();
    expect(await nameAt(port)).toBe('one.test');
    install('two');
    await look();
    expect(await nameAt(port)).toBe('two.test');
  });

  it('takes a new one when it is told to', async () => {
    const port = await start();
    install('two');
    await web?.reload();
    expect(await nameAt(port)).toBe('two.test');
  });

  it('keeps the old one while the new one is broken, or only half there', async () => {
    const port = await start();
    copyFileSync(fixture('tls-two-cert.pem'), files().certFile);
    await web?.reload();
    expect(await nameAt(port)).toBe('one.test');
    writeFileSync(files().certFile, 'nonsense');
    await look();
    expect(await nameAt(port)).toBe('one.test');
    rmSync(files().keyFile);
    await look();
    expect(await nameAt(port)).toBe('one.test');
    expect(errors).toHaveLength(2);
    install('two');
    await look();
    expect(await nameAt(port)).toBe('two.test');
  });

  it('does not start with one that cannot be used', async () => {
    writeFileSync(files().keyFile, 'nonsense');
    await expect(start()).rejects.toThrow();
  });
});
