import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// A limit for what hangs, not a measure of speed; the long proofs play many times as many rounds.
const timeoutMs = process.env['STREAMWALL_LONG'] === '1' ? 600_000 : 180_000;

/**
 * What has a process to itself, and comes first: it starts programs and threads, weighs its memory or its loop, changes what
 * is global, or plays for long.
 */
const apart = [
  'ingest-workers/*.test.ts',
  'shared/document/fuzz/*.test.ts',
  'shared/replica/{compaction,crash,damaged-file,open-replica-database,torn-log}.test.ts',
  'shared/replica/sqlite-*.test.ts',
  'src-renderer/admin/import-run.test.ts',
  'src-renderer/bridge-web/indexeddb-*.test.ts',
  'sync-server/*.test.ts',
  'sync-server/{bench,pglite,postgres,redis}/**/*.test.ts',
  'tools/{electron-runtime,process}/*.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    pool: 'forks',
    setupFiles: ['tools/test-run/patient-waits.ts'],
    expect: { poll: { timeout: 60_000 } },
    // Much of a test's time is waiting: two at once are no burden, even where there is one core.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Style sheets are empty in tests, but for the one whose colours are measured.
    css: { include: /tokens\.css/ },
    projects: [
      // By their names the long ones come first, so that the short ones fill the end.
      { extends: true, test: { name: 'apart', include: apart } },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['{shared,src-main,src-renderer,sync-server,ingest-workers,tools}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', ...apart],
          // One process for many files: what a file imports is loaded once for all, which is most of their time.
          isolate: false,
          // Nothing that a test puts in place of something else is there for the next file.
          ...{ restoreMocks: true, unstubEnvs: true, unstubGlobals: true },
        },
      },
    ],
  },
});
