/** What lies over what on a wall, the lowest first. */
export const LEVELS = ['background', 'beneath', 'player', 'page', 'above', 'overlay'] as const;
export type Level = (typeof LEVELS)[number];

/** A window's content as far as stacking needs it. */
export type Stackable<V> = {
  addChildView(view: V, index?: number): void;
  removeChildView(view: V): void;
};

export type ViewStack<V> = {
  /** Puts it beneath all others of its level: what was there first stays in front until it goes. */
  readonly add: (level: Level, view: V) => void;
  readonly remove: (view: V) => void;
  /** The lowest first. */
  readonly views: () => readonly V[];
};

export function createViewStack<V>(content: Stackable<V>): ViewStack<V> {
  const levels: Record<Level, V[]> = {
    background: [],
    beneath: [],
    player: [],
    page: [],
    above: [],
    overlay: [],
  };
  return {
    add: (level, view) => {
      let below = 0;
      for (const each of LEVELS) {
        if (each === level) break;
        below += levels[each].length;
      }
      levels[level].unshift(view);
      content.addChildView(view, below);
    },
    remove: (view) => {
      for (const level of LEVELS) {
        const at = levels[level].indexOf(view);
        if (at < 0) continue;
        levels[level].splice(at, 1);
        content.removeChildView(view);
      }
    },
    views: () => LEVELS.flatMap((level) => levels[level]),
  };
}
