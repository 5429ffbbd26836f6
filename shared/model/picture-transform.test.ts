import { expect, it } from 'vitest';
import { pictureTransform } from './picture-transform.ts';

const whole = { factor: 1, panX: 0, panY: 0 };

it('a picture that is left alone is only centred', () => {
  expect(pictureTransform(0, whole)).toBe('translate(-50%, -50%)');
});

it('a picture is turned and enlarged about its centre', () => {
  expect(pictureTransform(90, { factor: 2, panX: 0, panY: 0 })).toBe(
    'translate(-50%, -50%) rotate(90deg) scale(2)',
  );
});

it('panning shows another part of what is enlarged', () => {
  expect(pictureTransform(0, { factor: 4, panX: 0.5, panY: 0 })).toBe(
    'translate(-50%, -50%) translate(-100%, 0%) scale(4)',
  );
});

it('panning stops at the edge of the picture, and a picture that is not enlarged has nowhere to go', () => {
  expect(pictureTransform(0, { factor: 2, panX: 1, panY: -1 })).toBe(
    'translate(-50%, -50%) translate(-50%, 50%) scale(2)',
  );
  expect(pictureTransform(0, { factor: 1, panX: 1, panY: 1 })).toBe('translate(-50%, -50%)');
});

it.each([
  [0, 'translate(-100%, -50%)'],
  [90, 'rotate(90deg) translate(-50%, 100%)'],
  [180, 'rotate(180deg) translate(100%, 50%)'],
  [270, 'rotate(270deg) translate(50%, -100%)'],
] as const)(
  'turned by %i degrees, panning to the right and down is still that for the viewer',
  (rotation, moved) => {
    const zoom = { factor: 4, panX: 0.5, panY: 0.25 };
    expect(pictureTransform(rotation, zoom)).toBe(`translate(-50%, -50%) ${moved} scale(4)`);
  },
);
