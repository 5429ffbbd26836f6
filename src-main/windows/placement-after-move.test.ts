import { describe, expect, it } from 'vitest';
import { USUAL_PLACEMENT, type WallPlacement } from '#shared/protocol/wall-output.ts';
import { chooseWindowBounds } from './choose-window-bounds.ts';
import { placementAfterMove } from './placement-after-move.ts';
import { beamer, both, desk } from './test-displays.ts';

const onBeamer: WallPlacement = {
  display: { id: '2', name: 'beamer' },
  rect: { x: 100, y: 50, width: 1280, height: 720 },
  fullScreen: false,
  frameless: true,
};
const put = { x: 2020, y: -130, width: 1280, height: 720 };

describe('a wall’s window that is found somewhere', () => {
  it('was moved by nobody when it is where we have put it', () => {
    expect(placementAfterMove(onBeamer, both, put, { bounds: put, fullScreen: false })).toBeUndefined();
  });

  it('belongs where a person has pulled it, on whichever display that is', () => {
    const bounds = { x: 200, y: 300, width: 800, height: 450 };
    expect(placementAfterMove(onBeamer, both, put, { bounds, fullScreen: false })).toEqual({
      ...onBeamer,
      display: { id: '1', name: 'desk' },
      rect: bounds,
    });
  });

  it('goes on following the main display when it was only moved there', () => {
    const usual = chooseWindowBounds(USUAL_PLACEMENT, both)?.bounds ?? put;
    const bounds = { x: 10, y: 40, width: 800, height: 450 };
    expect(placementAfterMove(USUAL_PLACEMENT, both, usual, { bounds, fullScreen: false })).toEqual({
      ...USUAL_PLACEMENT,
      rect: bounds,
    });
  });

  it('keeps its place for later when a person lets it fill the display, and goes back to it', () => {
    const full = placementAfterMove(onBeamer, both, put, { bounds: beamer.bounds, fullScreen: true });
    expect(full).toEqual({ ...onBeamer, fullScreen: true });
    expect(
      placementAfterMove({ ...onBeamer, fullScreen: true }, both, beamer.bounds, {
        bounds: put,
        fullScreen: false,
      }),
    ).toEqual(onBeamer);
  });

  it('belongs where it did while its display is away, wherever the system puts it', () => {
    const bounds = { x: 5, y: 35, width: 1000, height: 500 };
    expect(placementAfterMove(onBeamer, [desk], put, { bounds, fullScreen: false })).toBeUndefined();
    expect(placementAfterMove(onBeamer, [], put, { bounds, fullScreen: false })).toBeUndefined();
  });

  it('that is on no display at all was not put there by a person', () => {
    const bounds = { x: -9000, y: -9000, width: 1000, height: 500 };
    expect(placementAfterMove(onBeamer, both, put, { bounds, fullScreen: false })).toBeUndefined();
  });
});
