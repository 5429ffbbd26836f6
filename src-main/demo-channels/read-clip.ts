/** A clip cut into segments, each a range of bytes of one file. */
export type Clip = {
  /** What a player must read first, where the format needs it. */
  readonly map: ByteRange | undefined;
  readonly segments: readonly (ByteRange & { readonly seconds: number })[];
};

export type ByteRange = { readonly file: string; readonly offset: number; readonly length: number };

/**
 * Reads the index that lies beside a clip: an HLS playlist of byte ranges.
 * @throws when it is not one; the clips ship with the program
 */
export function readClip(playlist: string): Clip {
  const segments: (ByteRange & { seconds: number })[] = [];
  let map: ByteRange | undefined;
  let seconds = 0;
  let range = { offset: 0, length: 0 };
  for (const line of playlist.split('\n').map((each) => each.trim())) {
    if (line.startsWith('#EXT-X-MAP:')) map = readMap(line);
    else if (line.startsWith('#EXTINF:')) seconds = Number.parseFloat(line.slice('#EXTINF:'.length));
    else if (line.startsWith('#EXT-X-BYTERANGE:')) range = readRange(line.slice('#EXT-X-BYTERANGE:'.length));
    else if (line !== '' && !line.startsWith('#')) segments.push({ file: line, seconds, ...range });
  }
  if (segments.length === 0) throw new Error('The index of a demo clip holds no segment.');
  return { map, segments };
}

function readMap(line: string): ByteRange {
  const file = /URI="([^"]+)"/.exec(line)?.[1];
  const range = /BYTERANGE="([^"]+)"/.exec(line)?.[1];
  if (file === undefined || range === undefined)
    throw new Error(`The index of a demo clip has a bad line: ${line}`);
  return { file, ...readRange(range) };
}

function readRange(text: string): { offset: number; length: number } {
  const [length, offset] = text.split('@').map(Number);
  if (
    length === undefined ||
    offset === undefined ||
    !Number.isInteger(length) ||
    !Number.isInteger(offset)
  ) {
    throw new Error(`The index of a demo clip has a bad range: ${text}`);
  }
  return { offset, length };
}
