import { BaseWindow } from 'electron';
import type { ScreenRect, WallPlacement } from '#shared/protocol/wall-output.ts';
import { gather, systemAfter } from '../wall/timers.ts';
import { chooseWindowBounds } from './choose-window-bounds.ts';
import type { Displays } from './displays.ts';
import { placementAfterMove, sameRect } from './placement-after-move.ts';

export type WallWindowOptions = {
  readonly placement: WallPlacement;
  /** How many walls of the usual size stand there already. */
  readonly step: number;
  readonly displays: Displays;
  /** A person moved it, pulled at its edge, or let it fill the display. */
  readonly onPlaced: (placement: WallPlacement) => void;
  /** It is somewhere else now, whoever moved it. */
  readonly onMoved: () => void;
  readonly onResized: () => void;
  /** While the window is still there, for what is to be taken from it in order. */
  readonly onClosing: () => void;
  readonly onClosed: () => void;
};

/** The window of a wall: black, without anything of its own, never taking the keyboard from the control window. */
export type WallWindow = {
  readonly window: BaseWindow;
  /** Puts it there, now and whenever displays come and go. */
  readonly place: (placement: WallPlacement) => void;
  /** Where its picture is. */
  readonly at: () => ScreenRect;
};

/** After a window stopped being moved, or was moved for so long, it is noted where it is. */
const NOTE_AFTER_MS = 400;
const PUT_BACK_AFTER_MS = 100;

export function openWallWindow(options: WallWindowOptions): WallWindow {
  const { displays, step } = options;
  let { placement } = options;
  const target = () => chooseWindowBounds(placement, displays.now(), step);
  let put: ScreenRect = target()?.bounds ?? { x: 0, y: 0, width: 1280, height: 720 };
  const window = createWindow(put, placement.frameless);
  const apply = (): void => {
    const wanted = target();
    if (wanted === null || window.isDestroyed()) return;
    put = wanted.bounds;
    if (window.isFullScreen() !== wanted.fullScreen) window.setFullScreen(wanted.fullScreen);
    window.setContentBounds(put);
  };
  const note = gather(systemAfter, NOTE_AFTER_MS, () => {
    if (window.isDestroyed() || window.isMinimized()) return;
    const found = { bounds: window.getContentBounds(), fullScreen: window.isFullScreen() };
    const moved = placementAfterMove(placement, displays.now(), put, found);
    if (moved !== undefined) {
      const leavesFullScreen = placement.fullScreen && !moved.fullScreen;
      placement = moved;
      put = found.bounds;
      if (leavesFullScreen) apply();
      options.onPlaced(moved);
    }
    options.onMoved();
  });
  // Some systems put a window back where it was before it was full screen, after we have said where it belongs. Not at
  // once: putting it there may say again that it left.
  const putBack = gather(systemAfter, PUT_BACK_AFTER_MS, () => {
    if (!placement.fullScreen && !window.isDestroyed() && !sameRect(window.getContentBounds(), put)) apply();
  });
  window.on('leave-full-screen', putBack.now);
  const stopDisplays = displays.onChange(() => {
    apply();
    options.onMoved();
  });
  // What comes of this is not told: the caller asks for the first size itself.
  apply();
  watch(window, note.now, options, () => {
    note.stop();
    putBack.stop();
    stopDisplays();
  });
  return {
    window,
    place: (next) => {
      placement = next;
      apply();
      note.now();
    },
    at: () => window.getContentBounds(),
  };
}

function createWindow(bounds: ScreenRect, frameless: boolean): BaseWindow {
  const window = new BaseWindow({
    ...bounds,
    title: 'Streamwall: wall',
    useContentSize: true,
    frame: !frameless,
    backgroundColor: '#000000',
    autoHideMenuBar: true,
    show: false,
    minWidth: 160,
    minHeight: 90,
  });
  window.setMenuBarVisibility(false);
  return window;
}

function watch(
  window: BaseWindow,
  note: () => void,
  on: Pick<WallWindowOptions, 'onResized' | 'onClosing' | 'onClosed'>,
  stop: () => void,
): void {
  const { contentView } = window;
  let isClosing = false;
  const onBounds = (): void => {
    on.onResized();
    note();
  };
  const close = (): void => {
    if (isClosing) return;
    isClosing = true;
    contentView.off('bounds-changed', onBounds);
    stop();
    on.onClosing();
  };
  contentView.on('bounds-changed', onBounds);
  window.on('move', note);
  window.on('enter-full-screen', note);
  window.on('leave-full-screen', note);
  // While the window is still there, its views are taken from it one by one. A window that is destroyed says only that.
  window.once('close', close);
  window.once('closed', () => {
    close();
    on.onClosed();
  });
}
