import type { DisplayView, ScreenRect, WallPlacement } from '#shared/protocol/wall-output.ts';
import { chooseWindowBounds, findDisplay } from './choose-window-bounds.ts';

/**
 * Where a wall belongs after a person has moved its window, pulled at its edge or let it fill the display.
 * @param put where we have put it last
 * @param found where it is
 * @returns undefined when no person moved it: it is where we have put it, or where the system put it while its display is away
 */
export function placementAfterMove(
  before: WallPlacement,
  displays: readonly DisplayView[],
  put: ScreenRect,
  found: { readonly bounds: ScreenRect; readonly fullScreen: boolean },
): WallPlacement | undefined {
  if (chooseWindowBounds(before, displays)?.isAway !== false) return undefined;
  const { bounds, fullScreen } = found;
  if (before.fullScreen === fullScreen && (fullScreen || sameRect(bounds, put))) return undefined;
  const display = mostlyOn(bounds, displays);
  if (display === undefined) return undefined;
  // Whoever follows the main display goes on doing so while they stay on it.
  const stays = findDisplay(before.display, displays)?.id === display.id;
  const kept = stays ? before.display : { id: display.id, name: display.name };
  if (fullScreen) return { ...before, display: kept, fullScreen };
  const rect = { ...bounds, x: bounds.x - display.bounds.x, y: bounds.y - display.bounds.y };
  // One that has just left full screen goes back to where it belongs by itself.
  return before.fullScreen
    ? { ...before, display: kept, fullScreen }
    : { ...before, display: kept, fullScreen, rect };
}

export const sameRect = (a: ScreenRect, b: ScreenRect): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

function mostlyOn(window: ScreenRect, displays: readonly DisplayView[]): DisplayView | undefined {
  const shared = ({ bounds }: DisplayView): number =>
    Math.max(0, Math.min(window.x + window.width, bounds.x + bounds.width) - Math.max(window.x, bounds.x)) *
    Math.max(0, Math.min(window.y + window.height, bounds.y + bounds.height) - Math.max(window.y, bounds.y));
  return displays.filter((each) => shared(each) > 0).toSorted((a, b) => shared(b) - shared(a))[0];
}
