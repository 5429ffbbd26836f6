import { expect, test, type Frame } from '@playwright/test';
import { openZooDesk, type ZooDesk } from './zoo/zoo-desk.ts';

/**
 * Pages that were never made for a wall, all on one wall at once. Each is shown with its media alone, filling the tile.
 */
let wall: ZooDesk;

const EXHIBITS = [
  'late',
  'three',
  'teaser',
  'modal',
  'closed-shadow',
  'declared-shadow',
  'nested',
  'own-frame',
  'written-frame',
  'pauses-and-mutes',
  'replaces',
  'consent',
  'tap-to-play',
  'many-frames',
  'own-consent',
];

/** What the operator of this wall has found out about a site. */
const OWN_HINTS = [{ hosts: ['127.0.0.1'], consent: ['.zoo-wall .yes-please'] }];

test.beforeAll(async () => {
  wall = await openZooDesk(
    ({ main }) => [
      ...EXHIBITS.map((name) => ({ name, link: `${main}/page/${name}` })),
      { name: 'radio', link: `${main}/page/radio`, fields: { kind: 'audio' } },
    ],
    // The nested page is of three sites, all of this machine.
    {
      env: { STREAMWALL_LOCAL_HOSTS: 'a.localhost,b.localhost' },
      files: { 'site-hints.json': JSON.stringify(OWN_HINTS) },
    },
  );
});

test.afterAll(async () => {
  await wall.close();
});

/** The element is what is seen, over the whole of its page. */
async function expectFilled(frame: Frame, selector: string): Promise<void> {
  await expect
    .poll(async () =>
      frame.locator(selector).evaluate((element) => {
        const box = element.getBoundingClientRect();
        return (
          element.matches(':popover-open') &&
          Math.abs(box.width - innerWidth) < 2 &&
          Math.abs(box.height - innerHeight) < 2
        );
      }),
    )
    .toBe(true);
}

test('a video that is added after eight seconds is waited for', async () => {
  await wall.until('late', /playing/);
  await expectFilled(await wall.frameWith('late', '#real'), '#real');
  expect(await wall.history('late')).not.toContain('failed');
});

test('of three videos the one that is large and plays fills the tile', async () => {
  await wall.until('three', /playing/);
  await expectFilled(await wall.frameWith('three', '#real'), '#real');
});

test('a video that appears late takes the place of a much smaller one that plays', async () => {
  await wall.until('teaser', /playing/);
  const frame = await wall.frameWith('teaser', 'video');
  await expectFilled(frame, 'video');
  await frame.evaluate('showReal()');
  await expectFilled(frame, '#real');
  await wall.until('teaser', /playing/);
});

test('a video in a closed shadow tree that a script made is found', async () => {
  await wall.until('closed-shadow', /playing/);
});

test('a video in a closed shadow tree that the page declared is found', async () => {
  await wall.until('declared-shadow', /playing/);
});

test('a video two frames deep, each of another site, fills the tile', async () => {
  await wall.until('nested', /playing/, 60_000);
  await expect.poll(async () => wall.showsPage('nested')).toBe(false);
});

test('a video in a frame that the page filled itself is found, and fills the tile', async () => {
  for (const name of ['own-frame', 'written-frame']) {
    await wall.until(name, /playing/);
    const page = await wall.frameWith(name, '#own');
    await expectFilled(page, '#own');
    await expectFilled(await wall.frameWith(name, '#real'), '#real');
  }
});

test('a blurred picture reaches beyond its tile on every side, so that no edge of it is clear or dark', async () => {
  const player = wall.desk.players()[0];
  if (player === undefined) throw new Error('nothing plays in a page of ours');
  const pictures = {
    three: (await wall.frameWith('three', '#real')).locator('#real'),
    'neighbour-hls': player.locator('video[data-tile="neighbour-hls"]'),
  };
  for (const [name, picture] of Object.entries(pictures)) {
    await wall.until(name, /playing/);
    await wall.command({ type: 'blur', tile: name, on: true });
    await expect.poll(async () => picture.evaluate(isBlurredBeyond), name).toBe(true);
    await wall.command({ type: 'blur', tile: name, on: false });
  }
  await expectFilled(await wall.frameWith('three', '#real'), '#real');
});

/** Runs in the page. */
function isBlurredBeyond(picture: Element): boolean {
  const { left, top, right, bottom } = picture.getBoundingClientRect();
  const box = picture.closest('.tile')?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight);
  const isBeyond = left < box.left && top < box.top && right > box.right && bottom > box.bottom;
  return isBeyond && getComputedStyle(picture).filter.includes('blur');
}

test('a page that pauses and mutes its video five times a second neither stops nor silences it', async () => {
  await wall.until('pauses-and-mutes', /playing/);
  const frame = await wall.frameWith('pauses-and-mutes', '#real');
  await wall.command({ type: 'listen', tile: 'pauses-and-mutes' });
  const real = frame.locator('#real');
  await expect
    .poll(async () => real.evaluate((video: HTMLVideoElement) => video.currentTime))
    .toBeGreaterThan(1);
  const heard = async (): Promise<boolean> =>
    wall.desk.app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .some(
          (each) =>
            each.getURL().includes('pauses-and-mutes') && !each.isAudioMuted() && each.isCurrentlyAudible(),
        ),
    );
  await expect.poll(heard).toBe(true);
  await wall.command({ type: 'listen', tile: null });
});

test('a page that replaces its video again and again stays on the wall', async () => {
  await wall.until('replaces', /playing/);
  const before = (await wall.history('replaces')).length;
  const frame = await wall.frameWith('replaces', 'video');
  await frame.locator('video').evaluate((video) => Object.assign(video, { isTheFirst: true }));
  await expect
    .poll(async () => frame.locator('video').evaluate((video) => 'isTheFirst' in video))
    .toBe(false);
  await expectFilled(frame, 'video');
  const since = (await wall.history('replaces')).slice(before - 1);
  expect(since).not.toContain('retrying');
  expect(since).not.toContain('loading');
});

test('a consent wall that many sites use is answered, and the video behind it plays', async () => {
  await wall.until('consent', /playing/, 40_000);
});

test('a video that starts only when its button is pressed plays', async () => {
  await wall.until('tap-to-play', /playing/, 40_000);
  await expectFilled(await wall.frameWith('tap-to-play', '#real'), '#real');
});

test('a page with hundreds of frames plays its video', async () => {
  await wall.until('many-frames', /playing/, 60_000);
});

test('a consent wall that only this operator knows of is answered as their own table says', async () => {
  await wall.until('own-consent', /playing/, 40_000);
});

test('sound that belongs to no element of the page is found and plays', async () => {
  await wall.until('radio', /playing/);
});

test('nothing of the pages but their media is to be seen', async () => {
  for (const name of EXHIBITS) {
    await wall.until(name, /playing/);
    await expect.poll(async () => wall.showsPage(name), `the page of ${name} shows`).toBe(false);
  }
});

test('none of them disturbed its neighbours', async () => {
  await wall.expectNeighboursUndisturbed();
});
