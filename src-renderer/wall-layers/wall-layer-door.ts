/** What the preload script puts on the wall's own pages: the pages' half of `wall-layers`. */
export type WallLayerDoor = {
  readonly onTold: (listener: (message: unknown) => void) => void;
  readonly say: (message: unknown) => void;
};

declare global {
  interface Window {
    /** Absent where the page was opened in something that is not a wall. */
    readonly wallLayer?: WallLayerDoor;
  }
}

/** The door, or one that leads nowhere, so that a page can be looked at in any browser. */
export function findWallLayerDoor(): WallLayerDoor {
  return window.wallLayer ?? { onTold: () => undefined, say: () => undefined };
}
