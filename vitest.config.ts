import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,src-main,src-renderer,sync-server,ingest-workers,tools}/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Style sheets are empty in tests, but for the one whose colours are measured.
    css: { include: /tokens\.css/ },
  },
});
