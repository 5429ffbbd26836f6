import { BaseWindow, screen } from 'electron';

/** Where a wall's picture is on the screens of this machine, without the frame around it. */
export type WallPlace = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type WallWindowOptions = {
  readonly bounds: WallPlace | undefined;
  readonly frameless: boolean;
};

/** Of the display's work area, unless told otherwise: room is left for the control window. */
const SHARE_OF_DISPLAY = 0.75;

/** The window of a wall: black, without anything of its own, never taking the keyboard from the control window. */
export function openWallWindow({ bounds, frameless }: WallWindowOptions): BaseWindow {
  const window = new BaseWindow({
    ...(bounds ?? usualBounds()),
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

/** The largest wall of 16:9 that leaves some of the display free. */
function usualBounds(): { readonly width: number; readonly height: number } {
  const { width, height } = screen.getPrimaryDisplay().workAreaSize;
  const wide = Math.round(Math.min(width * SHARE_OF_DISPLAY, (height * SHARE_OF_DISPLAY * 16) / 9));
  return { width: wide, height: Math.round((wide * 9) / 16) };
}
