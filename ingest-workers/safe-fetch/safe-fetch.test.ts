import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync, brotliCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { Result } from '#shared/kernel/result.ts';
import { createSafeFetch, type SafeFetchOptions } from './create-safe-fetch.ts';
import type { FetchAnswer, FetchFailure, FetchRequest } from './fetch-types.ts';
import { readRetryAfter } from './read-retry-after.ts';

const NOW = Date.UTC(2026, 7, 1, 12);
const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function web(options: Partial<SafeFetchOptions> = {}) {
  const made = createSafeFetch({ clock: { nowMs: () => NOW }, ...options });
  stops.push(made.close);
  return made.fetch;
}

/** A site called `www.site.example` that is played on this machine. */
async function site(listener: RequestListener, options: Partial<SafeFetchOptions> = {}) {
  const origin = await serve(listener);
  const standIns = { 'www.site.example': origin, 'other.example': origin, ...options.standIns };
  const fetch = web({ ...options, standIns });
  return (request: Partial<FetchRequest> = {}) => fetch({ url: 'https://www.site.example/', ...request });
}

function reasonOf(outcome: Result<FetchAnswer, FetchFailure>): string {
  return outcome.ok ? `answered ${outcome.value.status}` : outcome.error.reason;
}

function answerOf(outcome: Result<FetchAnswer, FetchFailure>): FetchAnswer {
  if (!outcome.ok) throw new Error(`${outcome.error.reason}: ${outcome.error.message}`);
  return outcome.value;
}

describe('an address', () => {
  const refuse = async (url: string, request: Partial<FetchRequest> = {}) => {
    const lookups: string[] = [];
    const fetch = web({
      resolve: (host) => {
        lookups.push(host);
        return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
      },
    });
    return { reason: reasonOf(await fetch({ url, ...request })), lookups };
  };

  it('[SF1] is asked over https, on the usual port, without a password', async () => {
    expect((await refuse('http://example.com/')).reason).toBe('not-https');
    expect((await refuse('https://example.com:8443/')).reason).toBe('port');
    expect((await refuse('https://me:secret@example.com/')).reason).toBe('credentials');
    for (const text of ['', 'example.com', 'file:///etc/passwd', 'ftp://example.com/', 'data:text/html,x'])
      expect((await refuse(text)).reason).toBe('bad-address');
    expect((await refuse(`https://example.com/${'x'.repeat(1e6)}`)).reason).toBe('bad-address');
  });

  it('[SF2] of this machine or its network is not asked, however it is written', async () => {
    const inside =
      `127.0.0.1 localhost 10.1.2.3 192.168.0.1 172.16.9.9 169.254.169.254 100.64.0.1 0.0.0.0 0x7f.1
      2130706433 017700000001 [::1] [::ffff:127.0.0.1] [fe80::1] [fd00::1] [64:ff9b::7f00:1] router printer.local
      metadata.google.internal localhost.`.split(/\s+/);
    for (const host of inside) {
      const { reason, lookups } = await refuse(`https://${host}/x.tiktok.com/a/live`);
      expect([host, reason, lookups]).toEqual([host, 'private-address', []]);
    }
  });

  it('[SF2] is not asked when its name leads into a private network', async () => {
    const { reason, lookups } = await refuse('https://rebind.example.com/');
    expect(reason).toBe('private-address');
    expect(lookups).toEqual(['rebind.example.com']);
  });

  it('[SF2] is looked up once, and its private addresses are left out of what is connected to', async () => {
    let lookups = 0;
    const fetch = web({
      resolve: () => {
        lookups += 1;
        return Promise.resolve(
          lookups > 1 ? [{ address: '127.0.0.1', family: 4 }] : [{ address: '10.0.0.1', family: 4 }],
        );
      },
    });
    expect(reasonOf(await fetch({ url: 'https://a.example.com/' }))).toBe('private-address');
    expect(lookups).toBe(1);
  });

  it('[SF11] of this machine is asked when its owner has named the origin, and no other port of it', async () => {
    const origin = await serve((_request, response) => response.end('a camera'));
    const fetch = web({ localOrigins: [origin] });
    expect(answerOf(await fetch({ url: `${origin}/stream` })).text).toBe('a camera');
    expect(reasonOf(await fetch({ url: 'http://127.0.0.1:9/', http: true, anyPort: true }))).toBe(
      'private-address',
    );
  });

  it('[SF11] that is public has a stand-in on this machine only', () => {
    expect(() => web({ standIns: { 'www.tiktok.com': 'http://192.0.2.1' } })).toThrow('on this machine');
  });

  it('[SF10] that does not answer is a failure with a reason that says whether to ask again', async () => {
    const origin = await serve(() => undefined);
    stops.pop()?.();
    const gone = await web({ localOrigins: [origin] })({ url: origin });
    expect(gone).toMatchObject({ ok: false, error: { reason: 'unreachable', retryable: true } });
    const nowhere = web({
      resolve: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    });
    expect(await nowhere({ url: 'https://no.example.com/' })).toMatchObject({
      ok: false,
      error: { reason: 'no-such-host' },
    });
    const plain = await serve((_request, response) => response.end('no certificate'));
    const secure = plain.replace('http:', 'https:');
    expect(reasonOf(await web({ localOrigins: [secure] })({ url: secure }))).toBe('bad-certificate');
  });
});

describe('a journey', () => {
  it('[SF3] keeps to the hosts that may be asked, at every hop', async () => {
    const asked: string[] = [];
    const get = await site((request, response) => {
      asked.push(request.headers.host ?? '');
      response.writeHead(302, { location: 'https://other.example/' }).end();
    });
    const allowHost = (host: string) => host === 'www.site.example';
    expect(reasonOf(await get({ allowHost }))).toBe('host-not-allowed');
    expect(asked).toEqual(['www.site.example']);
    expect(reasonOf(await get({ url: 'https://evil.example/', allowHost }))).toBe('host-not-allowed');
  });

  it('[SF4] ends after a few hops, and each is checked like the first', async () => {
    let next = '';
    const get = await site((_request, response) => response.writeHead(302, { location: next }).end());
    const onTo = async (location: string) => {
      next = location;
      return reasonOf(await get());
    };
    expect(await onTo('/again')).toBe('too-many-hops');
    expect(await onTo('http://169.254.169.254/latest/meta-data/')).toBe('not-https');
    expect(await onTo('https://169.254.169.254/latest/meta-data/')).toBe('private-address');
    expect(await onTo('https://user:word@other.example/')).toBe('credentials');
    expect(await onTo('file:///etc/passwd')).toBe('bad-address');
    expect(await onTo('https://')).toBe('broken-answer');
  });

  it('[SF4] takes no cookies, and takes the caller’s headers to no other host', async () => {
    const seen: (string | undefined)[][] = [];
    const get = await site((request, response) => {
      const { host, authorization, cookie } = request.headers;
      seen.push([host, authorization, cookie, request.headers['accept-language']]);
      const location = request.url === '/' ? '/here' : 'https://other.example/there';
      if (host === 'other.example') response.end('there');
      else response.writeHead(302, { location, 'set-cookie': 'track=1' }).end();
    });
    const headers = { Authorization: 'Bearer key', 'Accept-Language': 'en', Host: 'evil.example' };
    const answer = answerOf(await get({ headers }));
    expect(answer.url).toBe('https://other.example/there');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(seen).toEqual([
      ['www.site.example', 'Bearer key', undefined, 'en'],
      ['www.site.example', 'Bearer key', undefined, 'en'],
      ['other.example', undefined, undefined, 'en'],
    ]);
  });

  it('[SF4] does not send a body on', async () => {
    const asked: string[] = [];
    const get = await site((request, response) => {
      asked.push(`${request.method} ${request.headers.host}`);
      response.writeHead(307, { location: 'https://other.example/' }).end();
    });
    expect(answerOf(await get({ method: 'POST', body: '{}' })).status).toBe(307);
    expect(asked).toEqual(['POST www.site.example']);
  });

  it('ends at an address that is all one wanted to know, without asking it', async () => {
    const asked: string[] = [];
    const get = await site((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(301, { location: 'https://www.site.example/@name/live?x=1#y' }).end();
    });
    const answer = answerOf(await get({ stopAt: (url) => url.pathname.endsWith('/live') }));
    expect(answer.url).toBe('https://www.site.example/@name/live?x=1');
    expect(asked).toEqual(['/']);
  });
});

describe('an answer', () => {
  it('[SF5] that never comes, or never ends, is given up', async () => {
    const silent = await site(() => undefined);
    expect(await silent({ timeoutMs: 40 })).toMatchObject({
      ok: false,
      error: { reason: 'timeout', retryable: true },
    });
    const endless = await site((_request, response) => response.writeHead(200).write('a'));
    expect(reasonOf(await endless({ timeoutMs: 40 }))).toBe('timeout');
    // Every hop answers at once: only a limit for all of them together ends this.
    const round = await site((_request, response) => response.writeHead(302, { location: '/' }).end());
    expect(reasonOf(await round({ timeoutMs: 50, maxHops: Number.MAX_SAFE_INTEGER }))).toBe('timeout');
  });

  it('that nobody waits for any more is called off', async () => {
    const silent = await site(() => undefined);
    expect(reasonOf(await silent({ signal: AbortSignal.abort() }))).toBe('cancelled');
  });

  it('[SF6] that is too big is refused, or cut where that will do', async () => {
    const get = await site((_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (response.writable && response.write('x'.repeat(65_536)));
        if (response.writable) response.once('drain', more);
      };
      more();
    });
    expect(reasonOf(await get({ maxBytes: 100_000 }))).toBe('too-big');
    expect(answerOf(await get({ maxBytes: 1000, cut: true }))).toMatchObject({
      isCut: true,
      text: 'x'.repeat(1000),
    });
  });

  it('[SF6] that is a bomb is measured as it unpacks', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    const get = await site((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    expect(bomb.byteLength).toBeLessThan(300_000);
    expect(reasonOf(await get())).toBe('too-big');
  });

  it('is unpacked and read as text', async () => {
    const packed = await site((request, response) => {
      const isBrotli = request.url === '/br';
      response.writeHead(200, {
        'content-encoding': isBrotli ? 'br' : 'gzip',
        'content-type': 'Text/HTML; charset=utf-8',
      });
      response.end(isBrotli ? brotliCompressSync('grüß dich') : gzipSync('grüß dich'));
    });
    expect(answerOf(await packed())).toMatchObject({
      text: 'grüß dich',
      contentType: 'text/html',
      isCut: false,
    });
    expect(answerOf(await packed({ url: 'https://www.site.example/br' })).text).toBe('grüß dich');
    expect(answerOf(await packed({ method: 'HEAD' })).text).toBe('');
  });

  it('[SF7] that breaks off or is packed wrongly is none', async () => {
    const half = gzipSync('x'.repeat(10_000)).subarray(0, 30);
    const get = await site((request, response) => {
      if (request.url === '/short') {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('abc', () => response.destroy());
      } else if (request.url === '/unknown')
        response.writeHead(200, { 'content-encoding': 'rot13' }).end('no');
      else if (request.url === '/none') response.destroy();
      else if (request.url === '/headers') response.writeHead(200, { big: 'x'.repeat(20_000) }).end();
      else
        response
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(request.url === '/half' ? half : 'not packed');
    });
    for (const path of ['short', 'unknown', 'none', 'half', 'lies', 'headers'])
      expect([path, reasonOf(await get({ url: `https://www.site.example/${path}` }))]).toEqual([
        path,
        'broken-answer',
      ]);
  });

  it('[SF9] says how long to wait, in seconds or as a date, at most a day', () => {
    expect(readRetryAfter('120', NOW)).toBe(120_000);
    expect(readRetryAfter(new Date(NOW + 5000).toUTCString(), NOW)).toBe(5000);
    expect(readRetryAfter(new Date(NOW - 5000).toUTCString(), NOW)).toBe(0);
    expect(readRetryAfter('9'.repeat(400), NOW)).toBe(24 * 3_600_000);
    for (const text of [undefined, '', 'soon', '-5', '1.5', 'NaN', 'Fri, 99 Foo 9999'])
      expect(readRetryAfter(text, NOW)).toBeUndefined();
  });
});

describe('what was asked before', () => {
  it('[SF8] is not asked again while it may be used, and two who ask at once ask once', async () => {
    let now = NOW;
    let asked = 0;
    const get = await site((_request, response) => response.end(String((asked += 1))), {
      clock: { nowMs: () => now },
    });
    const [first, second] = await Promise.all([get({ keepMs: 1000 }), get({ keepMs: 1000 })]);
    expect([answerOf(first).text, answerOf(second).text]).toEqual(['1', '1']);
    now += 999;
    expect(answerOf(await get({ keepMs: 1000 })).text).toBe('1');
    now += 1;
    expect(answerOf(await get({ keepMs: 1000 })).text).toBe('2');
    expect(answerOf(await get()).text).toBe('3');
    expect(answerOf(await get({ keepMs: 1000, headers: { accept: 'x' } })).text).toBe('4');
  });

  it('[SF8] is bounded in number and in size', async () => {
    let asked = 0;
    const get = await site(
      (_request, response) => {
        asked += 1;
        response.end('x'.repeat(100));
      },
      { maxKept: 3, maxKeptCharacters: 1000 },
    );
    const page = (n: number) => get({ url: `https://www.site.example/${n}`, keepMs: 1000 });
    for (let n = 0; n < 5; n += 1) await page(n);
    await page(4);
    expect(asked).toBe(5);
    await page(0);
    expect(asked).toBe(6);
  });

  it('[SF8] is not handed to somebody who may not ask those hosts', async () => {
    const get = await site((request, response) => {
      if (request.headers.host === 'other.example') response.end('other');
      else response.writeHead(302, { location: 'https://other.example/' }).end();
    });
    const any = { allowHost: () => true, keepMs: 1000 };
    expect(answerOf(await get(any)).text).toBe('other');
    const outcomes = await Promise.all([
      get({ ...any, keepMs: 1 }),
      get({ keepMs: 1000, allowHost: (host) => host === 'www.site.example' }),
    ]);
    expect(outcomes.map(reasonOf)).toEqual(['answered 200', 'host-not-allowed']);
  });
});
