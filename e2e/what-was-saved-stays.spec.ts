import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { story } from './harness/story.ts';
import { placeOf, tile, tilesOf, untilAllPlay } from './harness/wall.ts';

story(
  'closed and started again, the wall is as it was, down to the tile that is heard',
  async ({ start }) => {
    const first = await start();
    await tile(first, 'demo-reef').locator('[data-spot]').focus();
    await first.control.keyboard.press('Space');
    await tile(first, 'demo-rain').locator('[data-spot]').focus();
    await first.control.keyboard.press('Delete');
    await tile(first, 'demo-sundown').locator('[data-spot]').focus();
    await first.control.keyboard.press('b');
    await expect(tile(first, 'demo-sundown')).toHaveAttribute('data-blurred', 'true');
    await first.control.keyboard.press('Alt+ArrowUp');
    await expect.poll(async () => placeOf(first, 'demo-sundown')).toBe('0,1,1,1');
    await first.quit();

    const second = await start();
    await untilAllPlay(second, 8);
    await expect(tile(second, 'demo-reef')).toHaveAttribute('data-heard', 'true');
    await expect(tile(second, 'demo-sundown')).toHaveAttribute('data-blurred', 'true');
    expect(await placeOf(second, 'demo-sundown')).toBe('0,1,1,1');
  },
);

story('killed in the middle of edits, it has every edit that was shown as saved', async ({ start }) => {
  const first = await start();
  const { control } = first;
  const field = control.getByRole('textbox', { name: 'Add a stream by its link' });
  const added: string[] = [];
  for (let index = 0; index < 20; index++) {
    await field.fill(`https://media.example.org/live/${String(index)}.m3u8`);
    await field.press('Enter');
    await expect(field).toHaveValue('');
    await expect(control.locator('[data-saving="saved"]')).toBeVisible();
    added.push(`live/${String(index)}.m3u8`);
  }
  await field.fill('https://media.example.org/live/last.m3u8');
  const unsaved = field.press('Enter').catch(() => undefined);
  await first.kill();
  await unsaved;

  const second = await start();
  const search = second.control
    .getByRole('searchbox')
    .or(second.control.getByRole('textbox', { name: 'Search the streams' }));
  await second.control
    .getByRole('tab', { name: 'All' })
    .or(second.control.getByRole('radio', { name: 'All' }))
    .first()
    .click();
  for (const link of added) {
    await search.first().fill(link);
    await expect(second.control.locator('[data-stream]').first()).toBeVisible();
  }
  await expect(tilesOf(second)).toHaveCount(9);
});

story(
  'a database that cannot be read is set aside under another name, and the person is told',
  async ({ start, folder }) => {
    const first = await start();
    await first.quit();
    await writeFile(join(folder, 'streamwall.db'), 'no database at all\n'.repeat(5000));
    const second = await start();
    await expect(
      second.control
        .getByRole('region', { name: 'Notices' })
        .or(second.control.getByLabel('Notices'))
        .first(),
    ).toBeVisible();
    const files = await readdir(folder);
    expect(files.filter((name) => name.startsWith('streamwall.db.damaged'))).toHaveLength(1);
    await untilAllPlay(second, 9);
  },
);
