import { expect, it } from 'vitest';
import { roleOf, type FramePlace } from './frame-roles.ts';

const top: FramePlace = { name: 'top', parent: null };
const middle: FramePlace = { name: 'middle', parent: top };
const player: FramePlace = { name: 'player', parent: middle };
const tokenOf = (name: string) =>
  ['top', 'middle', 'player', 'advert'].includes(name) ? `token of ${name}` : undefined;

it('while no media is found, every frame looks for it', () => {
  expect(roleOf('player', null, tokenOf)).toEqual({ type: 'search' });
});

it('the frame with the media shows it, and every frame above shows the frame below', () => {
  expect(roleOf('player', player, tokenOf)).toEqual({ type: 'fill' });
  expect(roleOf('middle', player, tokenOf)).toEqual({ type: 'carry', token: 'token of player' });
  expect(roleOf('top', player, tokenOf)).toEqual({ type: 'carry', token: 'token of middle' });
});

it('frames beside the way, and below the media, rest', () => {
  expect(roleOf('advert', player, tokenOf)).toEqual({ type: 'rest' });
  expect(roleOf('player', top, tokenOf)).toEqual({ type: 'rest' });
});

it('a frame that was never heard of cannot be carried yet', () => {
  expect(roleOf('middle', player, () => undefined)).toEqual({ type: 'rest' });
});
