import { expect, type Frame, type Page } from '@playwright/test';
import { startDesk, type Desk } from '../harness/desk.ts';
import { insideOf } from '../harness/inside.ts';
import type { PreparedTile } from '../harness/prepared-wall.ts';
import type { ZooOrigins } from './zoo-pages.ts';
import { createZooWall, NEIGHBOURS, prepareZoo, type ZooOptions, type ZooWall } from './zoo-wall.ts';

/** A zoo's wall whose windows and pages a story can look into. */
export type ZooDesk = ZooWall & {
  readonly desk: Desk;
  /** The frame in which the element with this id is. */
  readonly frameWith: (name: string, selector: string) => Promise<Frame>;
  /** Whether anything of a zoo page but its media is to be seen: their ground is a yellow that no clip has. */
  readonly showsPage: (name: string) => Promise<boolean>;
  /** Fails unless every neighbour plays, and was never loaded again since it first did. */
  readonly expectNeighboursUndisturbed: () => Promise<void>;
};

export async function openZooDesk(
  exhibits: (origins: ZooOrigins) => readonly PreparedTile[],
  { env = {}, files = {} }: ZooOptions = {},
): Promise<ZooDesk> {
  const prepared = await prepareZoo(exhibits, files);
  const desk = await startDesk({ folder: prepared.folder, env });
  const wall = await createZooWall(prepared, {
    inside: insideOf(desk),
    pid: desk.app.process().pid ?? 0,
    quit: desk.quit,
  });
  return {
    ...wall,
    desk,
    frameWith: async (name, selector) => frameWith(desk, name, selector),
    showsPage: async (name) => {
      const answer = await wall.signal(name, 'still');
      const image = answer.ok ? answer.value?.image : undefined;
      return image === undefined ? true : hasPageColour(desk.control, image);
    },
    expectNeighboursUndisturbed: async () => {
      for (const name of NEIGHBOURS) {
        const states = await wall.history(name);
        const since = states.slice(states.indexOf('playing'));
        // A machine that is busy with other things may hold up a picture for a moment; nothing was loaded again.
        expect(
          since.filter((state) => state !== 'playing' && state !== 'stalled'),
          `what became of ${name}`,
        ).toEqual([]);
        await expect.poll(async () => (await wall.report(name)).state).toBe('playing');
      }
      await expect(desk.control.locator('[data-drop="stage"]')).toBeVisible();
    },
  };
}

async function hasPageColour(control: Page, image: string): Promise<boolean> {
  return control.evaluate(async (url) => {
    const picture = Object.assign(new Image(), { src: url });
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const pen = canvas.getContext('2d');
    pen?.drawImage(picture, 0, 0);
    const data = pen?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
      if (red > 248 && green > 244 && Math.abs(blue - 230) < 12) count += 1;
    }
    return count > (data.length / 4) * 0.01;
  }, image);
}

/** Looks in all pages of the web whose address ends in the name's page. */
async function frameWith(desk: Desk, name: string, selector: string): Promise<Frame> {
  let found: Frame | undefined;
  await expect
    .poll(async () => {
      for (const page of desk.pictures().filter((each) => each.url().includes(`/page/${name}`))) {
        for (const frame of page.frames()) {
          const has = await frame
            .evaluate((css) => document.querySelector(css) !== null, selector)
            .catch(() => false);
          if (has) found = frame;
        }
      }
      return found !== undefined;
    })
    .toBe(true);
  if (found === undefined) throw new Error(`no frame with ${selector}`);
  return found;
}
