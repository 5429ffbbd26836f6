import { describe, expect, it } from 'vitest';
import { USUAL_PLACEMENT, type WallPlacement } from '#shared/protocol/wall-output.ts';
import { chooseWindowBounds } from './choose-window-bounds.ts';
import { beamer, both, desk } from './test-displays.ts';

const onBeamer: WallPlacement = {
  display: { id: '2', name: 'beamer' },
  rect: { x: 100, y: 50, width: 1280, height: 720 },
  fullScreen: false,
  frameless: true,
};

describe('where a wall stands', () => {
  it('is exactly where it was asked for, measured from its display', () => {
    expect(chooseWindowBounds(onBeamer, both)).toEqual({
      bounds: { x: 2020, y: -130, width: 1280, height: 720 },
      fullScreen: false,
      isAway: false,
    });
  });

  it('may reach beyond its display when it was asked to, as long as it can be got hold of', () => {
    const large = { ...onBeamer, rect: { x: -500, y: -50, width: 3840, height: 2160 } };
    expect(chooseWindowBounds(large, both)?.bounds).toEqual({ x: 1420, y: -230, width: 3840, height: 2160 });
    const lost = { ...onBeamer, rect: { x: -9000, y: 0, width: 1280, height: 720 } };
    expect(chooseWindowBounds(lost, both)?.bounds).toEqual({ x: 1920, y: -180, width: 1280, height: 720 });
  });

  it('fills its display when it is to be full screen', () => {
    const full = { ...onBeamer, fullScreen: true };
    expect(chooseWindowBounds(full, both)).toMatchObject({ bounds: beamer.bounds, fullScreen: true });
  });

  it('is a display that is there while its own is away, whole; and its own again when that is back', () => {
    const away = chooseWindowBounds(onBeamer, [desk]);
    expect(away).toEqual({
      bounds: { x: 100, y: 50, width: 1280, height: 720 },
      fullScreen: false,
      isAway: true,
    });
    const large = { ...onBeamer, rect: { x: 0, y: 0, width: 2560, height: 1440 } };
    expect(chooseWindowBounds(large, [desk])?.bounds).toEqual(desk.workArea);
    expect(chooseWindowBounds(large, both)?.bounds).toEqual(beamer.bounds);
  });

  it('is found again by the name of its display when that has another number, unless two have that name', () => {
    const replugged = { ...beamer, id: '7' };
    expect(chooseWindowBounds(onBeamer, [desk, replugged])).toMatchObject({ isAway: false });
    expect(chooseWindowBounds(onBeamer, [desk, replugged, { ...beamer, id: '8' }])).toMatchObject({
      isAway: true,
    });
    const nameless = { ...onBeamer, display: { id: '2', name: '' } };
    expect(chooseWindowBounds(nameless, [{ ...desk, name: '' }])).toMatchObject({ isAway: true });
  });

  it('is usually the middle of the main display, each further wall a step aside', () => {
    const first = chooseWindowBounds(USUAL_PLACEMENT, both)?.bounds;
    const second = chooseWindowBounds(USUAL_PLACEMENT, both, 1)?.bounds;
    expect(first).toEqual({ x: 260, y: 161, width: 1400, height: 788 });
    expect(second).toEqual({ x: 296, y: 197, width: 1400, height: 788 });
  });

  it('is nowhere without a display', () => {
    expect(chooseWindowBounds(onBeamer, [])).toBeNull();
  });
});
