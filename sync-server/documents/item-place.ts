import * as Y from 'yjs';

/**
 * Where an item stands: under which root, and inside how many maps below it. `nothing`: inside something that is
 * removed, where it will never be seen.
 */
export type Place = { readonly root: string; readonly depth: number } | 'nothing';

/** The place of an item that is part of a document. */
export function placeInDocument(item: Y.Item | Y.GC): Place {
  let depth = 0;
  let current: Y.Item | Y.GC | null = item;
  while (current instanceof Y.Item) {
    const parent: unknown = current.parent;
    if (!(parent instanceof Y.AbstractType)) return 'nothing';
    if (parent._item === null) return { root: Y.findRootTypeKey(parent), depth };
    depth += 1;
    current = parent._item;
  }
  return 'nothing';
}

/** The place of what is put into a map that is itself an item. `undefined` when the item is no map. */
export function placeInside(map: Y.Item | Y.GC, placeOfMap: Place): Place | undefined {
  if (placeOfMap === 'nothing' || !(map instanceof Y.Item) || map.content instanceof Y.ContentDeleted)
    return 'nothing';
  if (!isMap(map)) return undefined;
  return { root: placeOfMap.root, depth: placeOfMap.depth + 1 };
}

export function isMap(item: Y.Item): boolean {
  return item.content instanceof Y.ContentType && item.content.type instanceof Y.Map;
}
