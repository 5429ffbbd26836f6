import { defineConfig } from '@playwright/test';

/** Stories in real Electron: one at a time, never tried twice. A display is needed; `npm test` brings one. */
export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: '../test-results',
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [
    ['list'],
    ['./harness/context-reporter.ts'],
    ...(process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] === undefined ? [] : [['json'] as const]),
  ],
});
