import { expect } from '@playwright/test';
import { startTestStreamdelay } from '../src-main/delay/test-fake-streamdelay.ts';
import { story } from './harness/story.ts';

story(
  'a broadcast behind Streamdelay is covered, ended with a second thought, and unknown without a line',
  async ({ start }) => {
    const server = await startTestStreamdelay('secret');
    const desk = await start();
    const { control } = desk;
    await control.getByRole('button', { name: 'Settings' }).click();
    await control.getByRole('tab', { name: 'Streamdelay' }).click();
    await control.getByRole('textbox', { name: 'Address of the Streamdelay server' }).fill(server.url);
    await control.getByLabel('Its key').fill('secret');
    await control.getByRole('button', { name: 'Use it' }).click();
    await expect(control.getByText('In use:')).toBeVisible();
    await control.keyboard.press('Escape');
    const light = control.locator('button[data-delay]');
    await expect(light).toHaveAttribute('data-delay', 'off');

    await control.keyboard.press('F7');
    await expect(light).toHaveText('Broadcast covered');
    await control.keyboard.press('Shift+F7');
    await expect(light).toHaveAttribute('data-delay', 'off');
    expect(server.asked).toEqual([{ isCensored: true }, { isCensored: false }]);

    await light.click();
    await control.getByRole('button', { name: 'Start the broadcast…' }).click();
    await control.getByRole('button', { name: 'Start it' }).click();
    await expect(control.getByRole('button', { name: 'End the broadcast…' })).toBeVisible();
    await control.getByRole('button', { name: 'End the broadcast…' }).click();
    await control.getByRole('button', { name: 'No', exact: true }).click();
    expect(server.asked.at(-1)).toEqual({ isStreamRunning: true });
    await expect(control.getByText('Viewers are 15 s behind.')).toBeVisible();
    await control.keyboard.press('Escape');

    await control.keyboard.press('F7');
    await expect(light).toHaveText(/covered/);
    await server.stop();
    await expect(light).toHaveText(/unknown/);
    await control.keyboard.press('Shift+F7');
    await expect(control.getByText('Streamdelay cannot be reached, so nothing was changed.')).toBeVisible();
  },
);
