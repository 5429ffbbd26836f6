import { expect, it } from 'vitest';
import type { FrameCandidate } from '#shared/protocol/wall-layers.ts';
import { chooseFrame } from './choose-frame.ts';

const video = (fields: Partial<FrameCandidate> = {}): FrameCandidate => ({
  kind: 'video',
  area: 100_000,
  pictureArea: 100_000,
  playing: true,
  meant: true,
  ...fields,
});

it('a page without media has no frame that fills it', () => {
  expect(chooseFrame([], 'gone')).toBeNull();
});

it.each([
  ['the larger', { area: 400_000 }, { area: 100_000 }],
  ['the one that plays', { area: 100_000 }, { playing: false, meant: false, area: 400_000 }],
  [
    'the one that is meant to play',
    { playing: false, area: 100_000 },
    { playing: false, meant: false, area: 400_000 },
  ],
  ['the picture before sound alone', { area: 10_000 }, { kind: 'audio', area: 500_000 }],
  [
    'sound that is heard before a picture that was never laid out',
    { kind: 'audio', area: 20_000 },
    { area: 0, playing: false, meant: false, pictureArea: 0 },
  ],
] as const)('%s is chosen', (_which, better, worse) => {
  const offers = [
    { frame: 'worse', candidate: video(worse) },
    { frame: 'better', candidate: video(better) },
  ];
  expect(chooseFrame(offers, null)).toBe('better');
});

it('the chosen one stays beside its like, and gives way to what is clearly better', () => {
  const alike = [
    { frame: 'a', candidate: video() },
    { frame: 'b', candidate: video({ area: 150_000 }) },
  ];
  expect(chooseFrame(alike, 'a')).toBe('a');
  expect(chooseFrame([...alike, { frame: 'c', candidate: video({ area: 900_000 }) }], 'a')).toBe('c');
});

it('when the frame that was chosen is gone, the next best fills the tile', () => {
  expect(chooseFrame([{ frame: 'b', candidate: video() }], 'a')).toBe('b');
});
