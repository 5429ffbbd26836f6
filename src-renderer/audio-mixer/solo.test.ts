import { expect, it } from 'vitest';
import { USUAL_MARKS, USUAL_PLACEMENT, USUAL_SOUND } from '#shared/protocol/wall-output.ts';
import { tileId, wallOf } from '../wall-grid/sample-wall.ts';
import { isSolo, listensInTabs, soloOf } from './solo.ts';

const wall = wallOf(['ab']);
const on = (solo: string | null, isOpen = true) => ({
  wall,
  screens: {
    displays: [],
    outputs: [
      {
        wall: wall.id,
        isOpen,
        opensAtStart: true,
        placement: USUAL_PLACEMENT,
        sound: USUAL_SOUND,
        marks: USUAL_MARKS,
        solo: solo === null ? null : tileId(solo),
        isSoundAway: false,
        isAway: false,
        at: null,
      },
    ],
  },
});

it('one tile can be listened to alone where the wall stands on a screen of this machine, and nowhere else', () => {
  expect(soloOf({ wall, screens: null })).toEqual({ type: 'nowhere' });
  expect(soloOf(on(null, false))).toEqual({ type: 'nowhere' });
  expect(isSolo({ wall, screens: null }, tileId('a'))).toBe(null);
  expect([listensInTabs({ screens: null }), listensInTabs(on(null, false))]).toEqual([true, false]);
  expect(soloOf(on('b'))).toEqual({ type: 'here', tile: 'b' });
  expect([isSolo(on('b'), tileId('a')), isSolo(on('b'), tileId('b'))]).toEqual([false, true]);
});

it('a tile that left the wall is not listened to alone any more', () => {
  expect(soloOf(on('z'))).toEqual({ type: 'here', tile: null });
});
