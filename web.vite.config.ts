import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string): string => resolve(import.meta.dirname, path);
const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { readonly version: string };

/** The control room for browsers, into `out/web/`: what a sync server serves at `/`. */
export default defineConfig({
  root: 'src-renderer/web',
  publicDir: at('src-renderer/web/public'),
  plugins: [react()],
  define: { __APP_VERSION__: JSON.stringify(manifest.version) },
  build: { outDir: at('out/web'), emptyOutDir: true, target: 'es2023' },
});
