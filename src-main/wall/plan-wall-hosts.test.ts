import { expect, it } from 'vitest';
import type { TileView } from '#shared/document/view.ts';
import { StreamId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { hostedTiles, planChanges } from './plan-wall-hosts.ts';
import { NOTHING_LOCAL, testStream, testTile, testWall } from './test-tiles.ts';

const size = { width: 200, height: 100 };
const streams = new Map(['a', 'b', 'c'].map((id) => [StreamId.parse(id), testStream(id)]));
const hosted = (...tiles: readonly TileView[]) =>
  hostedTiles(testWall(tiles), (id) => streams.get(id), size, NOTHING_LOCAL);
const plan = (before: readonly TileView[], after: readonly TileView[]) =>
  planChanges(hosted(...before), hosted(...after)).map((change) =>
    change.type === 'drop' ? `drop ${change.id}` : `${change.type} ${change.tile.id}`,
  );

it('a wall that did not change asks for nothing', () => {
  const tiles = [testTile('a'), testTile('b', { place: { x: 1, y: 0, w: 1, h: 1 } })];
  expect(
    plan(
      tiles,
      tiles.map((tile) => ({ ...tile })),
    ),
  ).toEqual([]);
});

it('a tile that is moved or resized is adjusted, never loaded again', () => {
  expect(plan([testTile('a')], [testTile('a', { place: { x: 1, y: 0, w: 1, h: 2 } })])).toEqual(['adjust a']);
});

it.each([
  ['blurred', { blurred: true }],
  ['turned', { rotation: 90 }],
  ['fitted', { fit: 'contain' }],
  ['zoomed', { zoom: { factor: 2, panX: 0, panY: 0 } }],
  ['heard', { heard: true }],
  ['heard beside another', { background: true }],
  ['made quieter', { volume: 0.5 }],
] as const)('a tile that is %s is adjusted', (_what, fields) => {
  expect(plan([testTile('a')], [testTile('a', fields)])).toEqual(['adjust a']);
});

it('another stream in a tile is shown in the place of the first', () => {
  expect(plan([testTile('a')], [testTile('a', { stream: StreamId.parse('b') })])).toEqual(['show a']);
});

it('what is gone is dropped before what is new is shown', () => {
  expect(plan([testTile('a')], [testTile('b')])).toEqual(['drop a', 'show b']);
});

it('a tile whose stream is not known shows nothing, and appears when the stream does', () => {
  const tile = testTile('x');
  expect(hosted(tile)).toEqual([]);
  const known = hostedTiles(testWall([tile]), () => testStream('x'), size, NOTHING_LOCAL);
  expect(planChanges([], known)).toMatchObject([{ type: 'show' }]);
});

it('a stream whose link was mended is loaded anew', () => {
  const mended = testStream('a', { link: Link.parse('https://example.com/other.m3u8') });
  const before = hosted(testTile('a'));
  const after = hostedTiles(testWall([testTile('a')]), () => mended, size, NOTHING_LOCAL);
  expect(planChanges(before, after)).toMatchObject([{ type: 'show' }]);
});

it('only the heard tile and those in the background are audible', () => {
  const tiles = hosted(
    testTile('a', { heard: true }),
    testTile('b'),
    testTile('c', { background: true, volume: 0.3 }),
  );
  expect(tiles.map(({ sound }) => sound)).toEqual([
    { audible: true, volume: 1, levelled: false },
    { audible: false, volume: 1, levelled: false },
    { audible: true, volume: 0.3, levelled: false },
  ]);
});

it('the tile that somebody here listens to alone is the only audible one, and is so no longer when it leaves', () => {
  const heard = testTile('a', { heard: true });
  const quiet = testTile('b', { volume: 0 });
  const soundsOf = (...tiles: readonly TileView[]) =>
    hostedTiles(testWall(tiles), (id) => streams.get(id), size, NOTHING_LOCAL, {
      levelled: false,
      solo: quiet.id,
    }).map(({ sound }) => [sound.audible, sound.volume]);
  expect(soundsOf(heard, quiet)).toEqual([
    [false, 1],
    [true, 1],
  ]);
  expect(soundsOf(heard)).toEqual([[true, 1]]);
});

it('a picture that was filmed lying down is turned, and turned further by its tile', () => {
  const lying = testStream('a', { rotation: 270 });
  const [tile] = hostedTiles(testWall([testTile('a', { rotation: 180 })]), () => lying, size, NOTHING_LOCAL);
  expect(tile?.look.rotation).toBe(90);
});

it('what lies in a private network is not loaded unless it was allowed', () => {
  const camera = testStream('a', { link: Link.parse('http://192.168.1.20/live.m3u8') });
  const at = (hosts: readonly string[]) =>
    hostedTiles(testWall([testTile('a')]), () => camera, size, { hosts, isAlone: false });
  expect(at([])).toMatchObject([{ source: { type: 'fenced' }, localHosts: [] }]);
  expect(at(['192.168.1.*'])).toMatchObject([
    { source: { type: 'media' }, localHosts: ['192.168.1.*', '192.168.1.20'] },
  ]);
  expect(planChanges(at([]), at(['192.168.1.20']))).toMatchObject([{ type: 'show' }]);
});
