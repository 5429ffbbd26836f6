import { test as base } from '@playwright/test';
import { newFolder, startDesk, type Desk, type DeskOptions } from './desk.ts';

type Story = {
  /** Where the desk of this story keeps its documents. */
  readonly folder: string;
  /** Starts a desk on the story's folder; whatever still runs at the end is ended. */
  readonly start: (options?: Omit<DeskOptions, 'folder'>) => Promise<Desk>;
};

/** A test with a folder and desks of its own, of which a picture is kept at the end. */
export const story = base.extend<Story>({
  folder: async ({}, give) => {
    const folder = await newFolder();
    await give(folder.path);
    await folder.remove();
  },
  start: async ({ folder }, give, testInfo) => {
    const desks: Desk[] = [];
    await give(async (options = {}) => {
      const desk = await startDesk({ folder, ...options });
      desks.push(desk);
      return desk;
    });
    for (const [index, desk] of desks.entries()) {
      const path = testInfo.outputPath(`control-${String(index + 1)}.png`);
      await desk.control.screenshot({ path, timeout: 5000 }).catch(() => undefined);
      await desk.app.close().catch(() => undefined);
    }
  },
});
