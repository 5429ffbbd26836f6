import { execFileSync } from 'node:child_process';
import { openSync, closeSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { renderLoop, renderSound } from './render-scene.ts';
import {
  FRAMES_PER_SECOND,
  HEIGHT,
  LOOP_SECONDS,
  SAMPLES_PER_SECOND,
  SEGMENT_SECONDS,
  WIDTH,
  type Scene,
} from './scene.ts';

const FRAMES = FRAMES_PER_SECOND * LOOP_SECONDS;
const SEGMENT_FRAMES = FRAMES_PER_SECOND * SEGMENT_SECONDS;
const SEGMENTS = LOOP_SECONDS / SEGMENT_SECONDS;

/** Where the typeface is; Debian's package `fonts-inter` brings it. */
export const FONT = '/usr/share/fonts/opentype/inter/Inter-Black.otf';

function ffmpeg(args: readonly string[]): void {
  execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** Options that are written as they are on a command line; for those without a space in them. */
const options = (text: string): readonly string[] => text.split(' ');

/** One loop of the picture as raw frames in a file, and how ffmpeg reads it. */
function pictureInput(scene: Scene, folder: string): readonly string[] {
  const file = path.join(folder, `${scene.name}.rgb`);
  const handle = openSync(file, 'w');
  for (const frame of renderLoop(scene.paint())) writeSync(handle, frame);
  closeSync(handle);
  const shape = `-f rawvideo -pix_fmt rgb24 -s ${WIDTH}x${HEIGHT} -r ${FRAMES_PER_SECOND} -i`;
  return [...options(shape), file];
}

/** Several loops of the sound. */
function soundInput(scene: Scene, folder: string, loops: number): readonly string[] {
  const file = path.join(folder, `${scene.name}.pcm`);
  writeFileSync(file, renderSound(scene.sound));
  return [...options(`-stream_loop ${loops - 1} -f s16le -ar ${SAMPLES_PER_SECOND} -ac 1 -i`), file];
}

/** A key frame at the start of every segment; small enough that all clips together are a few hundred kB. */
const CODEC = options(
  '-c:v libx264 -profile:v main -preset veryslow -tune animation -crf 30 -maxrate 34k -bufsize 68k' +
    ` -g ${SEGMENT_FRAMES} -keyint_min ${SEGMENT_FRAMES} -sc_threshold 0 -bf 2 -pix_fmt yuv420p` +
    ' -c:a aac -b:a 10k -fflags +bitexact -flags +bitexact -map_metadata -1',
);

/** Number and name in the corner, and a line along the bottom that runs once per loop: every frame differs from the last. */
function titles(scene: Scene): string {
  const text = (words: string, size: number, colour: string, y: string, alpha: number) =>
    `drawtext=fontfile=${FONT}:text='${words}':fontsize=${size}:fontcolor=${colour}@${alpha}:x=w-tw-12:y=${y}` +
    ':borderw=2:bordercolor=black@0.4';
  const number = text(String(scene.number).padStart(2, '0'), 46, 'white', 'h-66', 0.95);
  const name = text(scene.title.toUpperCase(), 12, 'white', 'h-24', 0.95);
  const line = `color=c=${scene.accent}:s=${WIDTH}x4:r=${FRAMES_PER_SECOND}[line]`;
  return `${number},${name}[named];${line};[named][line]overlay=x='-w+w*mod(n,${FRAMES})/${FRAMES - 1}':y=H-4:shortest=1`;
}

/** The file of a clip that is in the end played. */
export const mediaOf = ({ name, form }: Scene): string => `${name}.${form === 'ts' ? 'm2t' : 'mp4'}`;

/** Writes one clip of a scene into `clipsFolder`: NAME.mp4, or NAME.m2t or a fragmented NAME.mp4 with its index NAME.m3u8. */
export function encodeScene(scene: Scene, workFolder: string, clipsFolder: string): void {
  const loops = scene.form === 'mp4' ? 1 : 3;
  const repeat = `trim=end_frame=${FRAMES},loop=loop=${loops - 1}:size=${FRAMES}`;
  const graph = `[0:v]fps=${FRAMES_PER_SECOND},format=yuv420p,${titles(scene)},${repeat}[v]`;
  const inputs = [...pictureInput(scene, workFolder), ...soundInput(scene, workFolder, loops)];
  const clip = [...inputs, '-filter_complex', graph, ...options('-map [v] -map 1:a'), ...CODEC];
  const target = path.join(clipsFolder, mediaOf(scene));
  if (scene.form === 'mp4') {
    ffmpeg([...clip, ...options('-movflags +faststart'), target]);
    return;
  }
  const media = path.join(workFolder, mediaOf(scene));
  const list = path.join(workFolder, `${scene.name}.m3u8`);
  const type = scene.form === 'ts' ? 'mpegts' : 'fmp4';
  const cut = `-f hls -hls_time ${SEGMENT_SECONDS} -hls_list_size 0 -hls_flags single_file -hls_segment_type ${type}`;
  ffmpeg([...clip, ...options(cut), '-hls_segment_filename', media, list]);
  keepMiddleLoop(readFileSync(list, 'utf8'), readFileSync(media), target);
}

/**
 * Of three encoded loops the middle one is kept: the first begins with the encoder's run-in, the last ends with its
 * run-out, the middle one meets itself exactly.
 */
function keepMiddleLoop(list: string, media: Buffer, target: string): void {
  const ranges = [...list.matchAll(/#EXT-X-BYTERANGE:(\d+)@(\d+)/g)].map((m) => ({
    size: Number(m[1]),
    from: Number(m[2]),
  }));
  const map = /#EXT-X-MAP:.*BYTERANGE="(\d+)@(\d+)"/.exec(list);
  const kept = ranges.slice(SEGMENTS, SEGMENTS * 2);
  if (ranges.length !== SEGMENTS * 3 || kept.length !== SEGMENTS)
    throw new Error(`${ranges.length} segments instead of ${SEGMENTS * 3}`);
  const head = map ? media.subarray(Number(map[2]), Number(map[2]) + Number(map[1])) : Buffer.alloc(0);
  const parts = kept.map(({ size, from }) => media.subarray(from, from + size));
  writeFileSync(target, Buffer.concat([head, ...parts]));
  let at = head.length;
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${SEGMENT_SECONDS}`];
  if (map) lines.push(`#EXT-X-MAP:URI="${path.basename(target)}",BYTERANGE="${head.length}@0"`);
  for (const { size } of kept) {
    lines.push(
      `#EXTINF:${SEGMENT_SECONDS.toFixed(3)},`,
      `#EXT-X-BYTERANGE:${size}@${at}`,
      path.basename(target),
    );
    at += size;
  }
  writeFileSync(target.replace(/\.\w+$/, '.m3u8'), `${[...lines, '#EXT-X-ENDLIST'].join('\n')}\n`);
}
