import type { FrameOrder } from '#shared/protocol/wall-layers.ts';

/** A frame as far as its place among the others matters. */
export type FramePlace = { readonly name: string; readonly parent: FramePlace | null };

/**
 * What a frame is to do once it is known whose media fills the tile: that frame shows its media, every frame above it
 * shows the frame below, all others stay covered and silent.
 * @param chosen the frame whose media it is; null while there is none
 * @param tokenOf by which the parent of that frame knows it; undefined if it was never heard of
 */
export function roleOf(
  frame: string,
  chosen: FramePlace | null,
  tokenOf: (name: string) => string | undefined,
): FrameOrder['role'] {
  if (chosen === null) return { type: 'search' };
  if (chosen.name === frame) return { type: 'fill' };
  const token = tokenOf(childTowards(chosen, frame) ?? '');
  return token === undefined ? { type: 'rest' } : { type: 'carry', token };
}

/** The frame directly below `above` on the way to `target`; null where `target` is not below it. */
function childTowards(target: FramePlace, above: string): string | null {
  for (let frame = target; frame.parent !== null; frame = frame.parent) {
    if (frame.parent.name === above) return frame.name;
  }
  return null;
}
