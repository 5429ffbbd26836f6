import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/kernel/clock.ts';
import { ok } from '#shared/kernel/result.ts';
import { readLiveUrl } from '#shared/model/stream-url.ts';
import { createSafeFetch } from '../safe-fetch/create-safe-fetch.ts';
import { startShortLinkRetries } from './retry-short-links.ts';
import { createShortLinkResolver } from './short-links.ts';
import { linksIn, must, quiet, say, startTestWorker, TEST_BOT } from './test-collector.ts';

let stops: (() => unknown)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0).reverse()) stop();
  stops = [];
});

/** TikTok on this machine: paths and where they lead. */
async function tiktok(redirects: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    const to = redirects[request.url ?? ''];
    response.writeHead(to === undefined ? 404 : 302, to === undefined ? {} : { location: to }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const standIns = { 'vm.tiktok.com': origin, 'www.tiktok.com': origin };
  const web = createSafeFetch({ clock: systemClock, standIns });
  stops.push(
    web.close,
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const resolve = createShortLinkResolver(web.fetch);
  return { asked, resolve: (link: string) => resolve(must(readLiveUrl(link))) };
}

describe('a short link', () => {
  it('[I30] is followed to the first address that names a stream, which is not asked', async () => {
    const { asked, resolve } = await tiktok({
      '/ZMabc': 'https://www.tiktok.com/t/ZTother/?x=1',
      '/t/ZTother/?x=1': 'https://www.tiktok.com/@Ann/live?share=2',
    });
    expect(await resolve('https://vm.tiktok.com/ZMabc')).toMatchObject({
      value: { url: 'https://www.tiktok.com/@ann/live', username: 'ann' },
    });
    expect(asked).toEqual(['vm.tiktok.com/ZMabc', 'www.tiktok.com/t/ZTother/?x=1']);
  });

  it('[I32] is never followed to another host, a private address or plain http, nor round and round', async () => {
    const { asked, resolve } = await tiktok({
      '/ZMaaaa': 'https://evil.example/@ann/live',
      '/ZMbbbb': 'https://169.254.169.254/www.tiktok.com/@ann/live',
      '/ZMcccc': 'http://www.tiktok.com/t/x',
      '/ZMdddd': 'https://vm.tiktok.com/ZMdddd',
    });
    for (const code of ['ZMaaaa', 'ZMbbbb', 'ZMcccc', 'ZMdddd', 'ZMnone'])
      expect(await resolve(`https://vm.tiktok.com/${code}`), code).toMatchObject({ ok: false });
    expect(asked.every((address) => address.startsWith('vm.tiktok.com/'))).toBe(true);
    expect(asked.length).toBeLessThan(12);
  });

  it('[I31] that was kept as it is becomes one with its stream once it can be looked up', async () => {
    const { collector, replica } = await startTestWorker();
    await collector.receive([say('https://vm.tiktok.com/ZMabc')]);
    await collector.idle();
    const rounds: (() => void)[] = [];
    const stop = startShortLinkRetries({
      ...{ replica, actor: () => TEST_BOT, logger: quiet },
      resolve: () => Promise.resolve(ok(must(readLiveUrl('https://www.tiktok.com/@ann/live')))),
      timers: { after: (_ms, work) => (rounds.push(work), () => undefined) },
    });
    stops.push(stop);
    expect(linksIn(replica)).toEqual(['https://vm.tiktok.com/ZMabc']);
    rounds.shift()?.();
    await expect.poll(() => rounds.length).toBe(1);
    expect(replica.catalogue().streams.size).toBe(1);
    rounds.shift()?.();
    await expect.poll(() => rounds.length).toBe(1);
    expect(replica.catalogue().streams.size).toBe(1);
  });
});
