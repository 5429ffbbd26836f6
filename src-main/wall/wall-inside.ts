import type { BaseWindow, WebContentsView } from 'electron';
import { createViewStack, type ViewStack } from './view-stack.ts';
import type { PixelSize } from './wall-geometry.ts';

/** The window's inside as the parts of the wall see it. */
export type WallInside = { readonly stack: ViewStack<WebContentsView>; readonly wallSize: () => PixelSize };

export function insideOf(window: BaseWindow): WallInside {
  return {
    stack: createViewStack<WebContentsView>(window.contentView),
    wallSize: () => {
      // The content's own size: the window's still tells the old one while it is being resized.
      const { width, height } = window.contentView.getBounds();
      return { width, height };
    },
  };
}
