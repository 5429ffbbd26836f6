import type { DisplayRef, DisplayView, ScreenRect, WallPlacement } from '#shared/protocol/wall-output.ts';

/** Where a window is to be now. */
export type WindowTarget = {
  readonly bounds: ScreenRect;
  readonly fullScreen: boolean;
  /** The display that was asked for is not there: this is a place until it is back. */
  readonly isAway: boolean;
};

/** Of the display's work area: room is left for the control window. */
const SHARE_OF_DISPLAY = 0.75;
/** Windows of the usual size that would cover each other stand so far apart. */
const STEP = 36;
/** So much of a window must be on some display, or nobody could get hold of it. */
const HOLD = 48;

/**
 * Where a wall stands, given the displays that there are. Exactly where it was asked for if anybody can see it there;
 * otherwise on a display that is there, whole.
 * @param step how many windows of the usual size stand there already
 * @returns null where there is no display at all
 */
export function chooseWindowBounds(
  placement: WallPlacement,
  displays: readonly DisplayView[],
  step = 0,
): WindowTarget | null {
  const wanted = findDisplay(placement.display, displays);
  const display = wanted ?? mainDisplay(displays);
  if (display === undefined) return null;
  const isAway = wanted === undefined;
  const { fullScreen, rect } = placement;
  if (fullScreen) return { bounds: display.bounds, fullScreen, isAway };
  if (rect === null) return { bounds: usualBounds(display.workArea, step), fullScreen, isAway };
  const asked = { ...rect, x: display.bounds.x + rect.x, y: display.bounds.y + rect.y };
  const isReachable = !isAway && displays.some(({ bounds }) => canBeHeld(asked, bounds));
  return { bounds: isReachable ? asked : movedInside(asked, display.workArea), fullScreen, isAway };
}

/** Undefined when it is not there now. */
export function findDisplay(
  wanted: DisplayRef | null,
  displays: readonly DisplayView[],
): DisplayView | undefined {
  if (wanted === null) return mainDisplay(displays);
  const same = displays.find(({ id }) => id === wanted.id);
  if (same !== undefined || wanted.name === '') return same;
  const named = displays.filter(({ name }) => name === wanted.name);
  return named.length === 1 ? named[0] : undefined;
}

const mainDisplay = (displays: readonly DisplayView[]): DisplayView | undefined =>
  displays.find(({ isPrimary }) => isPrimary) ?? displays[0];

/** The largest wall of 16:9 that leaves some of the display free. */
function usualBounds(area: ScreenRect, step: number): ScreenRect {
  const most = Math.min(area.width * SHARE_OF_DISPLAY, (area.height * SHARE_OF_DISPLAY * 16) / 9);
  const width = Math.max(160, Math.round(most));
  const height = Math.max(90, Math.round((width * 9) / 16));
  const aside = {
    x: area.x + Math.floor((area.width - width) / 2) + step * STEP,
    y: area.y + Math.floor((area.height - height) / 2) + step * STEP,
    width,
    height,
  };
  return movedInside(aside, area);
}

function canBeHeld(window: ScreenRect, display: ScreenRect): boolean {
  const wide = Math.min(window.x + window.width, display.x + display.width) - Math.max(window.x, display.x);
  const high = Math.min(window.y + window.height, display.y + display.height) - Math.max(window.y, display.y);
  return wide >= HOLD && high >= HOLD;
}

/** As large as it was if it fits, and whole. */
function movedInside(window: ScreenRect, area: ScreenRect): ScreenRect {
  const width = Math.min(window.width, area.width);
  const height = Math.min(window.height, area.height);
  return {
    x: Math.min(Math.max(window.x, area.x), area.x + area.width - width),
    y: Math.min(Math.max(window.y, area.y), area.y + area.height - height),
    width,
    height,
  };
}
