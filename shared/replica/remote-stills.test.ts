import { describe, expect, it } from 'vitest';
import { TileId } from '../model/ids.ts';
import type { SignalAnswer } from '../protocol/sync-messages.ts';
import type { TileStill } from '../protocol/tile-still.ts';
import { NOBODY_MS, ROUND_MS, watchRemoteStills } from './remote-stills.ts';

const tiles = ['a', 'b', 'c', 'd', 'e'].map((id) => TileId.parse(id));
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
};

function look(answer: (tile: TileId) => Partial<SignalAnswer>) {
  const timers: { ms: number; task: () => void }[] = [];
  const asked: TileId[] = [];
  const got: TileStill[] = [];
  let atOnce = 0;
  let most = 0;
  const stop = watchRemoteStills({
    timers: {
      after: (ms, task) => {
        const timer = { ms, task };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    },
    nowMs: () => 7,
    tiles: () => tiles,
    ask: async (tile) => {
      asked.push(tile);
      most = Math.max(most, ++atOnce);
      await Promise.resolve();
      atOnce -= 1;
      return { id: 's1', outcome: 'done', ...answer(tile) };
    },
    onStill: (still) => got.push(still),
  });
  return { timers, asked, got, stop, most: () => most };
}

describe('the stills of a wall elsewhere', () => {
  it('come of every tile, a few at once, round after round', async () => {
    const { timers, asked, got, most } = look(() => ({ picture: Uint8Array.of(1, 2, 3) }));
    await settle();
    expect(got.map(({ tile }) => tile).toSorted()).toEqual(tiles);
    expect(got[0]?.image).toBe('data:image/jpeg;base64,AQID');
    expect(most()).toBe(3);
    expect(timers.map(({ ms }) => ms)).toEqual([ROUND_MS]);
    timers[0]?.task();
    await settle();
    expect(asked).toHaveLength(10);
  });

  it('are asked for seldom while nobody shows the wall, and not at all once nobody looks', async () => {
    const { timers, asked, got, stop } = look(() => ({ outcome: 'no-output' }));
    await settle();
    expect(asked.length).toBeLessThanOrEqual(3);
    expect(got).toEqual([]);
    expect(timers.map(({ ms }) => ms)).toEqual([NOBODY_MS]);
    stop();
    expect(timers).toEqual([]);
  });

  it('are left out where there is none, or it is larger than one may be', async () => {
    const { got } = look((tile) =>
      tile === tiles[0] ? { outcome: 'failed' } : { picture: new Uint8Array(400_000) },
    );
    await settle();
    expect(got).toEqual([]);
  });
});
