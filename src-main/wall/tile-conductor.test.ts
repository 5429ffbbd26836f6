import { expect, it } from 'vitest';
import { StreamId, TileId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import type { TileView, StreamView } from '#shared/document/view.ts';
import { hostedTiles } from './plan-wall-hosts.ts';
import {
  createTestWorld,
  NOTHING_LOCAL,
  testStream,
  testTile,
  testWall,
  type TestWorld,
} from './test-tiles.ts';
import { createTileConductor } from './tile-conductor.ts';
import { LOADING_MS } from './tile-lifecycle.ts';

const id = (text: string): TileId => TileId.parse(text);
const NO_FRAMES = { shown: 0, dropped: 0 };

function conduct(world: TestWorld, other = createTestWorld()) {
  let changes = 0;
  const conductor = createTileConductor({
    hostFor: ({ type }) => (type === 'unplayable' ? null : type === 'media' ? world.host : other.host),
    clock: world.clock,
    random: () => 0,
    after: world.after,
    onChange: () => {
      changes += 1;
    },
  });
  const set = (
    tiles: readonly TileView[],
    streamOf: (id: StreamId) => StreamView = (each) => testStream(each),
  ) => {
    conductor.set(hostedTiles(testWall(tiles), streamOf, { width: 100, height: 100 }, NOTHING_LOCAL));
  };
  const frames = (tile: string, attempt: number, shown: number) => {
    conductor.hear({ tile: id(tile), attempt, event: { type: 'frames', frames: { shown, dropped: 0 } } });
  };
  const state = (tile: string) => conductor.reports().find((report) => report.tile === tile)?.state;
  return { conductor, set, frames, state, changes: () => changes, other };
}

it('a tile is loaded once, plays, and is tried again when it does not go on', () => {
  const world = createTestWorld();
  const { set, frames, state } = conduct(world);
  set([testTile('a')]);
  expect(world.host.asked).toEqual(['load a 1']);
  frames('a', 1, 1);
  expect(state('a')).toBe('playing');
  world.pass(13_000);
  expect(state('a')).toBe('loading');
  expect(world.host.asked).toEqual(['load a 1', 'load a 2']);
});

it('what is said of an earlier attempt is not heard', () => {
  const world = createTestWorld();
  const { conductor, set, frames, state } = conduct(world);
  set([testTile('a')]);
  conductor.reload(id('a'));
  frames('a', 1, 5);
  expect(state('a')).toBe('loading');
  expect(conductor.tiles()[0]).toMatchObject({ hasShown: false, frames: NO_FRAMES });
  frames('a', 2, 5);
  expect(state('a')).toBe('playing');
});

it('a tile that never answers is given up and tried again, for ever', () => {
  const world = createTestWorld();
  const { set } = conduct(world);
  set([testTile('a')]);
  world.pass(10 * 60_000);
  expect(world.host.asked.length).toBeGreaterThan(20);
  expect(world.pending()).toBe(1);
});

it('a tile that leaves the wall is dropped with its timer, and what is still said of it falls aside', () => {
  const world = createTestWorld();
  const { conductor, set, frames } = conduct(world);
  set([testTile('a'), testTile('b')]);
  set([testTile('b')]);
  frames('a', 1, 1);
  expect(world.host.asked).toEqual(['load a 1', 'load b 1', 'drop a']);
  expect(world.pending()).toBe(1);
  expect(conductor.reload(id('a'))).toBe(false);
  conductor.close();
  expect(world.pending()).toBe(0);
  expect(world.host.shown.size).toBe(0);
});

it('a stream of another kind moves to the other host and leaves nothing behind', () => {
  const world = createTestWorld();
  const { set, other } = conduct(world);
  set([testTile('a')]);
  set([testTile('a')], (each) =>
    testStream(each, { link: Link.parse('https://a.example/'), platform: 'other' }),
  );
  expect(world.host.asked).toEqual(['load a 1', 'drop a']);
  expect(other.host.asked).toEqual(['load a 2']);
});

it('a new stream in a tile starts with a clean record', () => {
  const world = createTestWorld();
  const { conductor, set } = conduct(world);
  set([testTile('a')]);
  world.pass(5 * 60_000);
  set([testTile('a', { stream: StreamId.parse('b') })]);
  expect(conductor.tiles()[0]).toMatchObject({ hasShown: false, life: { failures: 0, lastFault: null } });
});

it('media that nothing here can play says so at once', () => {
  const world = createTestWorld();
  const { conductor, set, changes } = conduct(world);
  set([testTile('a')], (each) => testStream(each, { link: Link.parse('https://a.example/x.f4m') }));
  expect(conductor.reports()).toMatchObject([{ state: 'failed', fault: 'unsupported' }]);
  expect(changes()).toBeGreaterThan(0);
});

it('a load that takes too long is said in words', () => {
  const world = createTestWorld();
  const { conductor, set } = conduct(world);
  set([testTile('a')]);
  world.pass(LOADING_MS);
  expect(conductor.reports()[0]).toMatchObject({
    state: 'retrying',
    words: 'It takes too long to load. Trying again in 1 s.',
  });
});

it('being told the same wall again changes nothing', () => {
  const world = createTestWorld();
  const { set, changes } = conduct(world);
  set([testTile('a')]);
  const before = changes();
  set([testTile('a')]);
  expect(world.host.asked).toEqual(['load a 1']);
  expect(changes()).toBe(before);
});
