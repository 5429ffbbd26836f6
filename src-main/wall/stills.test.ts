import { expect, it } from 'vitest';
import { TileId } from '#shared/model/ids.ts';
import type { TileStill } from '#shared/protocol/tile-still.ts';
import { createStills, ROUND_MS, TAKE_MS } from './stills.ts';
import { createTestWorld } from './test-tiles.ts';

const id = (text: string): TileId => TileId.parse(text);

function album(first: readonly string[]) {
  const world = createTestWorld();
  const asked: string[] = [];
  const hanging = new Set<string>();
  let present = first.map(id);
  const take = async (tile: TileId): Promise<TileStill | null> => {
    asked.push(tile);
    if (hanging.has(tile)) return new Promise(() => undefined);
    return Promise.resolve({
      tile,
      takenAtMs: world.clock.nowMs(),
      width: 2,
      height: 1,
      image: 'data:image/jpeg;base64,AA',
    });
  };
  const stills = createStills({ after: world.after, tiles: () => present, take });
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 20) {
      world.pass(20);
      await Promise.resolve();
      await Promise.resolve();
    }
  };
  return {
    world,
    asked,
    hanging,
    stills,
    pass,
    set: (tiles: readonly string[]) => {
      present = tiles.map(id);
    },
  };
}

it('no picture is taken while nobody looks', async () => {
  const { asked, stills, pass, world } = album(['a', 'b']);
  await pass(2 * ROUND_MS);
  expect(asked).toEqual([]);
  const stop = stills.onStills(() => undefined);
  await pass(200);
  expect(asked).toEqual(['a', 'b']);
  stop();
  await pass(2 * ROUND_MS);
  expect(asked).toEqual(['a', 'b']);
  expect(world.pending()).toBe(0);
});

it('every tile has its turn again and again, and each listener hears of it', async () => {
  const { asked, stills, pass } = album(['a', 'b']);
  const heard: string[] = [];
  stills.onStills((some) => heard.push(...some.map(({ tile }) => tile)));
  stills.onStills(() => undefined);
  await pass(ROUND_MS + 600);
  expect(asked).toEqual(['a', 'b', 'a', 'b']);
  expect(heard).toEqual(asked);
});

it('a tile that never gives its picture holds up the others for a moment only', async () => {
  const { asked, hanging, stills, pass } = album(['a', 'b']);
  hanging.add('a');
  stills.onStills(() => undefined);
  await pass(TAKE_MS + 200);
  expect(asked).toEqual(['a', 'b']);
  expect(stills.newest().map(({ tile }) => tile)).toEqual(['b']);
});

it('of a tile that left the wall nothing is kept', async () => {
  const { stills, pass, set } = album(['a', 'b']);
  stills.onStills(() => undefined);
  await pass(200);
  set(['b']);
  expect(stills.newest().map(({ tile }) => tile)).toEqual(['b']);
});

it('it stops with the wall', async () => {
  const { world, stills, pass, hanging } = album(['a']);
  hanging.add('a');
  stills.onStills(() => undefined);
  await pass(40);
  stills.stop();
  expect(world.pending()).toBe(0);
});
