import { app } from 'electron';

/**
 * A wall goes on behind other windows: somebody captures it, or the control window lies over it. Chromium takes a window
 * that is covered for one that nobody sees and draws no more pictures in it; pages that are opened meanwhile never play
 * at all. To be called before the app is ready.
 */
export function keepDrawing(): void {
  app.commandLine.appendSwitch('disable-backgrounding-occluded-windows');
  app.commandLine.appendSwitch('disable-renderer-backgrounding');
  // How Windows and macOS find out what is covered.
  app.commandLine.appendSwitch('disable-features', 'CalculateNativeWinOcclusion,MacWebContentsOcclusion');
}
