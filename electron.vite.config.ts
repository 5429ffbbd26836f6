import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string): string => resolve(import.meta.dirname, path);

/**
 * Three builds into `out/`: the main process with the entries that it starts as threads and processes, the preload
 * scripts (each a single CommonJS file, as sandboxed ones must be), and the pages.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          index: at('src-main/index.ts'),
          'compact-worker': at('shared/replica/compact-worker.ts'),
          'demo-channels-entry': at('src-main/demo-channels/demo-channels-entry.ts'),
          'status-checker-entry': at('ingest-workers/stream-status/desk-entry.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      isolatedEntries: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          control: at('src-main/preload/control.ts'),
          overlay: at('src-main/preload/overlay.ts'),
          player: at('src-main/preload/player.ts'),
          page: at('src-main/preload/page.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      rolldownOptions: {
        input: {
          control: at('src-renderer/control.html'),
          overlay: at('src-renderer/overlay.html'),
          background: at('src-renderer/background.html'),
          player: at('src-renderer/player.html'),
        },
      },
    },
  },
});
