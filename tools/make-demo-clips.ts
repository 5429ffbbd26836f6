/**
 * Paints and encodes the clips of the demo channels. Needs ffmpeg with libx264 and the typeface Inter
 * (`apt-get install ffmpeg fonts-inter`).
 *
 *     node tools/make-demo-clips.ts            all clips
 *     node tools/make-demo-clips.ts reef rain  only these
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeScene, FONT, mediaOf } from './demo-clips/encode-with-ffmpeg.ts';
import { allScenes } from './demo-clips/scenes/all-scenes.ts';

const clipsFolder = path.resolve(import.meta.dirname, '../src-main/demo-channels/clips');

function main(wanted: readonly string[]): void {
  if (!existsSync(FONT)) throw new Error(`The typeface ${FONT} is missing: apt-get install fonts-inter`);
  const unknown = wanted.filter((name) => !allScenes.some((scene) => scene.name === name));
  if (unknown.length > 0) throw new Error(`There is no scene named ${unknown.join(', ')}.`);
  mkdirSync(clipsFolder, { recursive: true });
  const workFolder = mkdtempSync(path.join(tmpdir(), 'demo-clips-'));
  try {
    for (const scene of allScenes) {
      if (wanted.length > 0 && !wanted.includes(scene.name)) continue;
      encodeScene(scene, workFolder, clipsFolder);
      const bytes = statSync(path.join(clipsFolder, mediaOf(scene))).size;
      process.stdout.write(`${scene.name.padEnd(12)} ${(bytes / 1000).toFixed(0).padStart(4)} kB\n`);
    }
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

main(process.argv.slice(2));
