import { afterEach, describe, expect, it } from 'vitest';
import type { WallView } from '#shared/document/view.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { ActorId, TileId } from '#shared/model/ids.ts';
import { readLiveUrl, streamIdOf } from '#shared/model/stream-url.ts';
import { linksIn, must, quiet, startTestWorker, type TestWorker } from '../collect/test-collector.ts';
import type { Platform } from '../platform.ts';
import { systemTimers } from '../timers.ts';
import { createTwitchPlatform, type TwitchLogin } from './create-twitch-platform.ts';
import { startFakeTwitch, type FakeTwitch } from './test-fake-twitch.ts';
import { TwitchConfig } from './twitch-config.ts';

let stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  stops = [];
});

async function startTwitch(): Promise<FakeTwitch> {
  const twitch = await startFakeTwitch();
  stops.push(() => twitch.stop());
  return twitch;
}

const bot: TwitchLogin = { username: 'streamwallbot', token: 'oauth:good' };

async function startBot(
  twitch: FakeTwitch,
  more: { login?: TwitchLogin; config?: object; wall?: () => WallView; heard?: TileId[] } = {},
): Promise<{ worker: TestWorker; platform: Platform }> {
  const config = TwitchConfig.parse({
    channels: [{ name: 'street' }, { name: 'Other', reply: false }],
    server: twitch.server,
    ...more.config,
  });
  const worker = await startTestWorker({
    users: 'twitch_user',
    platform: {
      answer: (...args) => platform.answers.answer(...args),
      hold: () => Promise.resolve(),
    },
    ruleOf: (channel) => platform.ruleOf(channel),
  });
  const platform: Platform = createTwitchPlatform(
    { config, login: more.login },
    {
      catalogue: worker.replica.catalogue,
      wall: () => more.wall?.(),
      listen: (tile) => {
        more.heard?.push(tile);
        return Promise.resolve(undefined);
      },
      mark: () => undefined,
      ...{ clock: systemClock, timers: systemTimers, logger: quiet },
    },
  );
  stops.push(async () => {
    await platform.stop();
    await worker.collector.stop();
    worker.inbox.close();
  });
  expect(await platform.start(worker.collector)).toBeUndefined();
  await expect.poll(() => twitch.isIn('street') && twitch.isIn('other')).toBe(true);
  return { worker, platform };
}

describe('a Twitch bot', () => {
  it('[I50] takes links from its channels, and answers in chat when it is logged in', async () => {
    const twitch = await startTwitch();
    const { worker } = await startBot(twitch, { login: bot });
    twitch.post('street', 'live now: kick.com/aaa', { name: 'bob', id: '1' });
    twitch.post('other', 'kick.com/bbb');
    twitch.post('street', 'kick.com/spam', { name: 'nightbot' });
    twitch.post('street', 'kick.com/AAA');
    await expect
      .poll(() => twitch.said.map(({ text }) => text))
      .toEqual(['@bob ✅ added', '@ann 🔁 is on the list already']);
    expect(linksIn(worker.replica)).toEqual(['https://kick.com/aaa', 'https://kick.com/bbb']);
  });

  it('[I51] reads as nobody without a log-in, says nothing, and comes back after a broken line', async () => {
    const twitch = await startTwitch();
    const { worker } = await startBot(twitch);
    twitch.post('street', 'kick.com/aaa');
    await expect.poll(() => linksIn(worker.replica)).toHaveLength(1);
    twitch.breakLines();
    await expect.poll(() => twitch.logins()).toBe(2);
    await expect.poll(() => twitch.isIn('street')).toBe(true);
    twitch.post('street', 'kick.com/bbb');
    await expect.poll(() => linksIn(worker.replica)).toHaveLength(2);
    await worker.collector.idle();
    expect(twitch.said).toEqual([]);
  });

  it('[I52] says once that Twitch refuses its log-in', async () => {
    const twitch = await startTwitch();
    const config = TwitchConfig.parse({ channels: [{ name: 'street' }], server: twitch.server });
    const platform = createTwitchPlatform(
      { config, login: { username: 'streamwallbot', token: 'oauth:bad' } },
      {
        catalogue: (await startTestWorker()).replica.catalogue,
        ...{ wall: () => undefined, listen: () => Promise.resolve(undefined), mark: () => undefined },
        ...{ clock: systemClock, timers: systemTimers, logger: quiet },
      },
    );
    stops.push(() => platform.stop());
    const words = await platform.start({ receive: () => Promise.resolve(), kick: () => undefined });
    expect(words).toMatch(/Login authentication failed/);
    expect(platform.state().type).toBe('ended');
  });

  it('[I53] [I54] tells chat what is heard, and lets viewers choose', async () => {
    const twitch = await startTwitch();
    const [a, b] = [TileId.parse('a'), TileId.parse('b')];
    const streams = ['aaa', 'bbb'].map((name) => must(readLiveUrl(`kick.com/${name}`)).url);
    const tiles = streams.map((url, index) => ({
      ...{ id: index === 0 ? a : b, stream: streamIdOf(url), heard: index === 0 },
    }));
    const heard: TileId[] = [];
    const channels = ['street'];
    const { worker } = await startBot(twitch, {
      login: bot,
      heard,
      wall: () => ({ tiles }) as unknown as WallView,
      config: { announce: { channels, afterSeconds: 1 }, vote: { channels, windowSeconds: 1, least: 2 } },
    });
    worker.replica.actAs(ActorId.parse('user:ann'), 'operator');
    for (const link of streams)
      must(await worker.replica.send({ document: 'catalogue', command: { type: 'add-stream', link } }));
    twitch.post('street', '!vote aaa', { id: '5' });
    twitch.post('street', '!vote bbb', { id: '5' });
    twitch.post('street', '!VOTE 2', { id: '6' });
    twitch.post('street', '!vote nothing', { id: '7' });
    await expect.poll(() => heard).toEqual([b]);
    await expect.poll(() => twitch.said.map(({ text }) => text).join('\n')).toMatch(/2 of 2 voted/);
    await expect
      .poll(() => twitch.said.some(({ text }) => text === 'Now listening to aaa https://kick.com/aaa'))
      .toBe(true);
  });
});
