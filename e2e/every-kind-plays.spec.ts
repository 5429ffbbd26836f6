import { expect, test } from '@playwright/test';
import { currentTime, videosOf } from './harness/wall.ts';
import { openZooDesk, type ZooDesk } from './zoo/zoo-desk.ts';

/** Every kind of stream on one wall, and what becomes of it when its kind changes or its broadcast ends. */
let wall: ZooDesk;

test.beforeAll(async () => {
  wall = await openZooDesk(
    ({ main, first }) => [
      { name: 'hls', link: `${main}/live/rain.m3u8` },
      { name: 'hls-query', link: `${first}/live/snow.m3u8?token=a.b&x=.mp4` },
      { name: 'ending', link: `${main}/live/radar.m3u8` },
      { name: 'dash', link: `${first}/clips/clip.mpd?token=1` },
      { name: 'mp4', link: `${first}/files/reef.mp4?sig=1` },
      { name: 'sound', link: `${main}/clips/sound.m4a`, fields: { kind: 'audio' } },
      { name: 'whep', link: `${main}/camera/whep` },
      { name: 'whep-mute', link: `${main}/camera/mute/whep` },
      { name: 'web', link: `${main}/page/plain?as=web`, fields: { kind: 'web' } },
      { name: 'becomes-web', link: `${main}/page/three?as=video` },
      { name: 'beneath', link: `${main}/page/ground`, fields: { kind: 'background' } },
      { name: 'above', link: `${main}/page/banner`, fields: { kind: 'overlay' } },
    ],
    { env: { STREAMWALL_LOCAL_HOSTS: 'a.localhost,b.localhost' } },
  );
  // Whoever offers the WebRTC stream is a page too, in a window that is not seen.
  await wall.desk.app.evaluate(async ({ BrowserWindow }, url) => {
    const window = new BrowserWindow({ show: false, webPreferences: { backgroundThrottling: false } });
    await window.loadURL(url);
  }, `${wall.zoo.origins.main}/page/whep-camera`);
});

test.afterAll(async () => {
  await wall.close();
});

for (const name of ['hls', 'hls-query', 'dash', 'mp4', 'sound', 'web', 'beneath', 'above']) {
  test(`${name} plays`, async () => {
    await wall.until(name, /playing/);
  });
}

test('whep plays: WebRTC by one question over HTTP', async () => {
  await wall.until('whep', /playing/, 40_000);
});

test('a WebRTC stream that is listened to, and no longer, plays on', async () => {
  await wall.command({ type: 'listen', tile: 'whep' });
  await expect.poll(async () => wall.loudest('whep')).toBeGreaterThan(0.01);
  await wall.command({ type: 'listen', tile: null });
  const before = await wall.history('whep');
  const frames = async () => currentTimeOf('whep');
  const from = await frames();
  await expect.poll(frames).toBeGreaterThan(from + 1);
  expect(await wall.history('whep')).toEqual(before);
});

test('a WebRTC server that agrees and then sends nothing is said not to answer', async () => {
  await wall.untilFault('whep-mute', 'network');
});

async function currentTimeOf(name: string): Promise<number> {
  const playing = (await videosOf(wall.desk)).find(({ tile }) => tile === name);
  return playing === undefined ? -1 : currentTime(playing);
}

test('what is left of the wall tells its server so: the WebRTC stream is ended', async () => {
  await wall.command({ type: 'remove-tile', tile: 'whep' });
  await expect.poll(() => wall.zoo.hits('/camera/resource')).toBeGreaterThan(0);
});

test('the level of the tile that is heard is told while it is heard', async () => {
  await wall.until('hls', /playing/);
  expect(await wall.loudest('hls')).toBe(0);
  await wall.command({ type: 'listen', tile: 'hls' });
  await expect.poll(async () => wall.loudest('hls')).toBeGreaterThan(0.01);
  await wall.command({ type: 'listen', tile: null });
});

test('a page shown as it is keeps its look, and one that changes from video to page drops its old picture', async () => {
  await wall.until('web', /playing/);
  await expect.poll(async () => wall.showsPage('web')).toBe(true);
  await wall.until('becomes-web', /playing/);
  await expect.poll(async () => wall.showsPage('becomes-web')).toBe(false);
  await wall.changeStream('becomes-web', { kind: 'web' });
  await expect.poll(async () => wall.showsPage('becomes-web')).toBe(true);
});

test('a broadcast that ended stays ended, though its recording stands under the same address', async () => {
  await wall.until('ending', /playing/);
  wall.zoo.trouble.add('ended radar');
  await wall.until('ending', /offline/, 60_000);
  const before = (await wall.history('ending')).length;
  await untilTriedAgain('ending');
  await wall.until('ending', /offline/);
  expect((await wall.history('ending')).slice(before)).not.toContain('playing');
  wall.zoo.trouble.delete('ended radar');
  await wall.until('ending', /playing/);
});

/** A try may end so soon that nothing is told but when the next one is due. */
async function untilTriedAgain(name: string): Promise<void> {
  const dueMs = async () => (await wall.report(name)).retryAtMs ?? 0;
  const firstMs = await dueMs();
  await expect.poll(dueMs, { timeout: 60_000 }).toBeGreaterThan(firstMs);
}

test('none of them disturbed its neighbours', async () => {
  await wall.expectNeighboursUndisturbed();
});
