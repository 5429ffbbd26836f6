import { defineConfig } from 'vitest/config';

// A limit for what hangs, not a measure of speed; the long proofs play many times as many rounds.
const timeoutMs = process.env['STREAMWALL_LONG'] === '1' ? 600_000 : 180_000;

export default defineConfig({
  test: {
    include: ['{shared,src-main,src-renderer,sync-server,ingest-workers,tools}/**/*.test.{ts,tsx}'],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    pool: 'forks',
    // Style sheets are empty in tests, but for the one whose colours are measured.
    css: { include: /tokens\.css/ },
  },
});
