import type { StreamView, TileView, WallView } from '#shared/document/view.ts';
import { StreamId, TileId, WallId } from '#shared/model/ids.ts';
import { Link, StreamCode } from '#shared/model/stream.ts';

/** Walls and streams for tests, drawn rather than spelled out. */

export const tileId = (letter: string): TileId => TileId.parse(letter);
export const streamId = (letter: string): StreamId => StreamId.parse(`of-${letter}`);

/**
 * A wall from a picture of its cells: each letter is a tile that fills the rectangle of its letters, a dot is an empty
 * cell. Tile `a` shows stream `of-a`. The letters of `bench` wait there.
 */
export function wallOf(picture: readonly string[], bench = '', changes: Partial<WallView> = {}): WallView {
  const grid = { cols: picture[0]?.length ?? 1, rows: picture.length };
  const letters = [...new Set(picture.join('').replaceAll('.', ''))];
  return {
    id: WallId.parse('wall'),
    name: 'Wall',
    grid,
    colours: { background: '#000', heard: '#fff' },
    tiles: letters.map((letter) => tileOf(letter, placeIn(picture, letter))),
    bench: [...bench].map((letter) => tileOf(letter, null)),
    heard: null,
    censored: false,
    scenes: [],
    rules: [],
    takenOff: {},
    problems: [],
    problemCounts: {},
    ...changes,
  };
}

export function tileOf(letter: string, place: TileView['place'], changes: Partial<TileView> = {}): TileView {
  return {
    id: tileId(letter),
    stream: streamId(letter),
    place,
    fit: 'cover',
    zoom: { factor: 1, panX: 0, panY: 0 },
    rotation: 0,
    volume: 1,
    background: false,
    heard: false,
    blurred: false,
    ...changes,
  };
}

/** The stream that tile `letter` would show; its code is the letter unless `changes` say otherwise. */
export function streamOf(letter: string, changes: Partial<StreamView> = {}): StreamView {
  return {
    id: streamId(letter),
    code: StreamCode.parse(letter),
    link: Link.parse(`https://example.com/${letter}`),
    platform: 'other',
    kind: 'video',
    status: 'unknown',
    addedAt: 0,
    ...changes,
  };
}

function placeIn(picture: readonly string[], letter: string) {
  const cells = picture.flatMap((row, y) =>
    [...row].flatMap((cell, x) => (cell === letter ? [{ x, y }] : [])),
  );
  const xs = cells.map(({ x }) => x);
  const ys = cells.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, w: Math.max(...xs) - x + 1, h: Math.max(...ys) - y + 1 };
}
