import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,src-main,src-renderer,sync-server,ingest-workers,tools}/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
});
