import { expect, it } from 'vitest';
import { TileId } from '#shared/model/ids.ts';
import type { TileStill } from '#shared/protocol/tile-still.ts';
import { createThumbnails } from './thumbnails.ts';

const A = TileId.parse('a');
const stillOf = (takenAtMs: number): TileStill => ({
  tile: A,
  takenAtMs,
  width: 2,
  height: 1,
  image: 'data:image/jpeg;base64,AA==',
});

function openWall() {
  const now = { ms: 0 };
  const state = { newest: [] as TileStill[], takes: 0, next: stillOf(0) as TileStill | null };
  const thumbnail = createThumbnails({
    newest: () => state.newest,
    take: async () => {
      state.takes += 1;
      return Promise.resolve(state.next);
    },
    nowMs: () => now.ms,
  });
  return { now, state, thumbnail };
}

it('a still is taken once for all who ask, and again when it is old', async () => {
  const { now, state, thumbnail } = openWall();
  await Promise.all([thumbnail(A), thumbnail(A), thumbnail(A)]);
  await thumbnail(A);
  expect(state.takes).toBe(1);
  now.ms = 4_000;
  state.next = stillOf(4_000);
  expect((await thumbnail(A))?.takenAtMs).toBe(4_000);
  expect(state.takes).toBe(2);
});

it('what was taken for the control window of the machine is taken for others, too', async () => {
  const { state, thumbnail } = openWall();
  state.newest = [stillOf(0)];
  expect(await thumbnail(A)).toEqual(stillOf(0));
  expect(state.takes).toBe(0);
});

it('no picture is none, and is asked for again', async () => {
  const { state, thumbnail } = openWall();
  state.next = null;
  expect(await thumbnail(A)).toBeNull();
  expect(await thumbnail(A)).toBeNull();
  expect(state.takes).toBe(2);
});
