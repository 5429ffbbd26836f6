import { expect } from '@playwright/test';
import type { Desk } from './harness/desk.ts';
import { story } from './harness/story.ts';
import { untilAllPlay } from './harness/wall.ts';

type Rect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Where the pictures of the walls are, the oldest window first. */
const places = async (desk: Desk): Promise<readonly Rect[]> =>
  desk.app.evaluate(({ BaseWindow }) =>
    BaseWindow.getAllWindows()
      .filter((window) => window.getTitle() === 'Streamwall: wall')
      .toSorted((a, b) => a.id - b.id)
      .map((window) => window.getContentBounds()),
  );

/** The right lower corners of what the overlays draw over their tiles: the outermost is their wall's. */
const corners = async (desk: Desk): Promise<readonly string[]> => {
  const overlays = desk.app
    .windows()
    .filter((page) => page.url().startsWith('streamwall://app/overlay.html'));
  const found = await Promise.all(
    overlays.map(async (page) =>
      page.evaluate(() => {
        const rects = [...document.querySelectorAll('.tile')].map((tile) => tile.getBoundingClientRect());
        return `${Math.max(0, ...rects.map((r) => r.right))}×${Math.max(0, ...rects.map((r) => r.bottom))}`;
      }),
    ),
  );
  return found.toSorted();
};

async function openScreens({ control }: Desk): Promise<void> {
  await control.getByRole('button', { name: 'Settings' }).click();
  await control.getByRole('tab', { name: 'Screens' }).click();
}

/** Makes a second wall with one of the streams on it, as `Lobby`. */
async function makeLobby({ control }: Desk): Promise<void> {
  const stream = await control.evaluate(async () => {
    const { streamwall } = window as unknown as {
      streamwall: { request: (name: string, argument?: unknown) => Promise<{ streams: { id: string }[] }> };
    };
    const [first] = (await streamwall.request('open-control')).streams;
    const catalogue = (command: object) =>
      streamwall.request('send-command', { document: 'catalogue', command });
    await catalogue({ type: 'create-wall', id: 'lobby', name: 'Lobby' });
    await streamwall.request('read-wall', 'lobby');
    const at = { x: 0, y: 0, w: 1, h: 1 };
    const place = { type: 'place-stream', tile: 'lobby-tile', stream: first?.id, at };
    for (const command of [{ type: 'set-grid', grid: { cols: 1, rows: 1 } }, place])
      await streamwall.request('send-command', { document: 'wall', wall: 'lobby', command });
    return first?.id;
  });
  expect(stream).toBeTruthy();
}

story('two walls stand on the screen at once, to the pixel, and after a restart', async ({ start }) => {
  const desk = await start();
  await untilAllPlay(desk, 9);
  await makeLobby(desk);
  await openScreens(desk);
  const lobby = desk.control.locator('[data-output="lobby"]');
  await lobby.getByRole('button', { name: 'Put Lobby on a screen' }).click();
  await expect.poll(async () => (await places(desk)).length).toBe(2);
  await lobby.getByRole('switch', { name: 'Without a frame' }).click();
  for (const [field, value] of [
    ['From the left', '40'],
    ['From the top', '50'],
    ['Width', '641'],
    ['Height', '361'],
  ] as const)
    await lobby.getByRole('textbox', { name: field }).fill(value);
  await lobby.getByRole('button', { name: 'Place it there' }).click();
  const exact = { x: 40, y: 50, width: 641, height: 361 };
  await expect.poll(async () => (await places(desk))[1]).toEqual(exact);
  await expect.poll(async () => corners(desk)).toContain('641×361');
  await expect(lobby.getByText('On the screen: 641 × 361 pixels at 40, 50.')).toBeVisible();

  await lobby.getByRole('textbox', { name: 'Width' }).fill('a lot');
  await lobby.getByRole('button', { name: 'Place it there' }).click();
  await expect(lobby.getByText('Whole numbers, please')).toBeVisible();
  expect((await places(desk))[1]).toEqual(exact);
  await desk.quit();

  const again = await start();
  await expect.poll(async () => places(again)).toContainEqual(exact);
  await expect.poll(async () => corners(again)).toContain('641×361');
  expect(await places(again)).toHaveLength(2);
});

story(
  'a wall follows the hand that pulls at its window, shows no more than it is told to, and is remembered so',
  async ({ start }) => {
    const desk = await start();
    await untilAllPlay(desk, 9);
    await desk.app.evaluate(({ BaseWindow }) => {
      const wall = BaseWindow.getAllWindows().find((window) => window.getTitle() === 'Streamwall: wall');
      wall?.setContentBounds({ x: 10, y: 20, width: 900, height: 507 });
    });
    await expect.poll(async () => corners(desk)).toEqual(['900×507']);
    await openScreens(desk);
    await expect(desk.control.getByText('On the screen: 900 × 507 pixels at 10, 20.')).toBeVisible();
    await expect(desk.control.getByRole('textbox', { name: 'Width' })).toHaveValue('900');
    const [label, seam] = [desk.overlay.locator('.label').first(), desk.overlay.locator('.tile').first()];
    await expect(label).toBeVisible();
    for (const name of [
      'Labels',
      'Places',
      'Where a stream comes from',
      'What is heard',
      'Seams between tiles',
    ])
      await desk.control.getByRole('switch', { name, exact: true }).click();
    await expect(label).toBeHidden();
    await expect(seam).toHaveCSS('box-shadow', 'none');
    await expect(desk.overlay.locator('.caption').first()).toBeHidden();
    await desk.control.getByRole('switch', { name: 'The time of day' }).click();
    await expect(desk.overlay.locator('.clock')).toHaveText(/^\d\d:\d\d:\d\d$/);
    await expect(desk.overlay.locator('.clock')).toBeVisible();
    await desk.quit();
    const again = await start();
    await expect.poll(async () => places(again)).toEqual([{ x: 10, y: 20, width: 900, height: 507 }]);
    await expect(again.overlay.locator('.clock')).toBeVisible();
    await expect(again.overlay.locator('.label').first()).toBeHidden();
  },
);

story('a wall whose display goes away stands on one that is there, and goes back', async ({ start }) => {
  const desk = await start();
  await plug(desk, [MAIN, BEAMER]);
  await openScreens(desk);
  const wall = desk.control.locator('[data-output]');
  await wall.getByRole('combobox', { name: 'Display' }).selectOption({ label: 'beamer (800 × 600)' });
  await wall.getByRole('switch', { name: 'Full screen' }).click();
  await expect.poll(async () => places(desk)).toEqual([BEAMER]);
  await expect.poll(async () => corners(desk)).toEqual(['800×600']);
  await plug(desk, [MAIN]);
  await expect(wall.getByText('Its display is not there now.')).toBeVisible();
  await expect.poll(async () => places(desk)).toEqual([MAIN]);
  await plug(desk, [MAIN, BEAMER]);
  await expect.poll(async () => places(desk)).toEqual([BEAMER]);
  await wall.getByRole('switch', { name: 'Full screen' }).click();
  await expect.poll(async () => (await places(desk))[0]?.width).toBeLessThan(800);
});

const MAIN: Rect = { x: 0, y: 0, width: 1100, height: 1080 };
const BEAMER: Rect = { x: 1100, y: 200, width: 800, height: 600 };

/** Lets the system tell of these displays: a virtual one has a single one to offer. */
async function plug(desk: Desk, rects: readonly Rect[]): Promise<void> {
  await desk.app.evaluate(({ screen }, all) => {
    const [usual] = screen.getAllDisplays();
    const names = ['desk', 'beamer'];
    const displays = all.map((bounds, index) => {
      const told = { id: index + 100, label: names[index] ?? '', bounds, workArea: bounds };
      return Object.assign(Object.create(usual ?? null) as object, told);
    }) as unknown as Electron.Display[];
    screen.getAllDisplays = () => displays;
    screen.getPrimaryDisplay = () => displays[0] as Electron.Display;
    screen.emit('display-metrics-changed');
  }, rects);
}
