import type * as Y from 'yjs';
import type { WallId } from '../model/ids.ts';
import { createWallReader, type Changed } from './read-wall.ts';
import type { FindGenerations } from './record-root.ts';
import { showWall } from './show-wall.ts';
import type { WallView } from './view.ts';
import type { WallState } from './wall-state.ts';

/** A wall document, kept readable. Changes are followed as they happen, and read when somebody looks or listens. */
export type WallProjection = {
  readonly id: WallId;
  readonly view: () => WallView;
  /** What planning works on; the view is made of it. */
  readonly state: () => WallState;
  /** Tells of every transaction that changed the view. Returns how to stop. */
  readonly onChange: (listener: (change: WallChange) => void) => () => void;
  /** Where an id's copies are: makes writing fast. */
  readonly findGenerations: FindGenerations;
  readonly dispose: () => void;
};

/** `changed` names the records, and the keys of flat roots, that are not as they were. */
export type WallChange = Readonly<{ view: WallView; changed: Changed }>;

/** Never throws on what it finds, and writes nothing: an empty document is a wall with the usual settings. */
export function openWall(doc: Y.Doc, id: WallId): WallProjection {
  const reader = createWallReader(doc);
  const listeners = new Set<(change: WallChange) => void>();
  let { state } = reader.read();
  let view = show(null);
  let told = view;
  let untold: Changed = {};

  function show(before: WallView | null): WallView {
    return showWall(id, state, reader.problems(), before);
  }
  const look = (): void => {
    if (!reader.isTouched()) return;
    const read = reader.read();
    state = read.state;
    view = show(view);
    if (listeners.size > 0) untold = unite(untold, read.changed);
  };
  const tell = (): void => {
    if (listeners.size === 0) return;
    look();
    const change = { view, changed: untold };
    untold = {};
    if (view === told) return;
    told = view;
    for (const listener of [...listeners]) listener(change);
  };
  doc.on('afterTransaction', tell);

  return {
    id,
    view: () => (look(), view),
    state: () => (look(), state),
    onChange(listener) {
      look();
      if (listeners.size === 0) told = view;
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    findGenerations: reader.findGenerations,
    dispose() {
      doc.off('afterTransaction', tell);
      listeners.clear();
      reader.dispose();
    },
  };
}

function unite(before: Changed, now: Changed): Changed {
  const united: Record<string, ReadonlySet<string>> = { ...before };
  for (const [root, names] of Object.entries(now))
    united[root] = new Set([...(united[root] ?? []), ...names]);
  return united;
}
