import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string): string => resolve(import.meta.dirname, path);
const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { readonly version: string };

const PAGES = { index: at('src-renderer/web/index.html'), admin: at('src-renderer/web/admin.html') };

/** The control room for browsers and the administration, into `out/web/`: what a sync server serves at `/` and `/admin`. */
export default defineConfig({
  root: 'src-renderer/web',
  publicDir: at('src-renderer/web/public'),
  plugins: [react()],
  define: { __APP_VERSION__: JSON.stringify(manifest.version) },
  build: { outDir: at('out/web'), emptyOutDir: true, target: 'es2023', rolldownOptions: { input: PAGES } },
});
