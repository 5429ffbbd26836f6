import { expect, it } from 'vitest';
import type { StreamId } from '#shared/model/ids.ts';
import { OverlayScene } from '#shared/protocol/wall-layers.ts';
import { USUAL_MARKS } from '#shared/protocol/wall-output.ts';
import { overlayScene, streamLabel } from './overlay-scene.ts';
import { hostedTiles } from './plan-wall-hosts.ts';
import { NOTHING_LOCAL, testStream, testTile, testWall } from './test-tiles.ts';
import { nextLife, startLife } from './tile-lifecycle.ts';

const wall = testWall(
  [testTile('a', { heard: true }), testTile('b', { background: true, blurred: true }), testTile('c')],
  { censored: true },
);
const streamOf = (id: StreamId) =>
  testStream(id, {
    label: `Label ${id}`,
    city: 'Oslo',
    country: 'Norway',
    ...(id === 'c' ? { labelPosition: 'top-right' } : {}),
  });
const failed = nextLife(startLife(0), { type: 'failed', fault: 'network' }, { nowMs: 0, dice: 0 });
const conducted = hostedTiles(wall, streamOf, { width: 100, height: 100 }, NOTHING_LOCAL).map((tile) => ({
  tile,
  life: tile.id === 'c' ? failed : startLife(0),
  hasShown: tile.id === 'a',
}));
const scene = overlayScene(wall, conducted, streamOf, USUAL_MARKS);

it('each tile says who it is, where that is and what is heard of it', () => {
  expect(scene.tiles.map(({ label, place, sound }) => [label, place, sound])).toEqual([
    ['Label a', 'Oslo, Norway', 'heard'],
    ['Label b', 'Oslo, Norway', 'background'],
    ['Label c', 'Oslo, Norway', 'silent'],
  ]);
  expect(scene.tiles.map(({ labelPosition }) => labelPosition)).toEqual([
    'bottom-left',
    'bottom-left',
    'top-right',
  ]);
});

it('what is wrong is told without the seconds, which the page counts itself', () => {
  expect(scene.tiles[2]).toMatchObject({
    state: 'retrying',
    fault: 'network',
    whisper: 'The stream does not answer.',
    retryAtMs: 1000,
  });
});

it('a scene is what the contract says', () => {
  expect(OverlayScene.parse(scene)).toEqual(scene);
  expect(scene).toMatchObject({ censored: true, heardColour: '#ffb020' });
});

it('a stream is called by the best name it has, and never by nothing', () => {
  expect(streamLabel(testStream('a', { label: ' ', title: 'Title' }))).toBe('Title');
  expect(streamLabel(testStream('a', { source: 'Source' }))).toBe('Source');
  expect(streamLabel(testStream('a'))).toBe('example.com');
});
