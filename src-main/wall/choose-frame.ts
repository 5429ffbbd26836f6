import type { FrameCandidate } from '#shared/protocol/wall-layers.ts';

/** A frame that holds media, under any name that tells frames apart. */
export type FrameOffer<Frame> = { readonly frame: Frame; readonly candidate: FrameCandidate };

/**
 * The frame whose media is the page's: video before sound, what plays or is meant to before what is not, then the largest. The one
 * that was chosen stays unless another is clearly better, so that a tile does not jump between two that are alike.
 */
export function chooseFrame<Frame>(
  offers: readonly FrameOffer<Frame>[],
  current: Frame | null,
): Frame | null {
  let best: FrameOffer<Frame> | null = null;
  for (const offer of offers) {
    if (best === null || mediaWorth(offer.candidate) > mediaWorth(best.candidate)) best = offer;
  }
  if (best === null) return null;
  const held = offers.find(({ frame }) => frame === current);
  if (held === undefined) return best.frame;
  return isClearlyBetter(best.candidate, held.candidate) ? best.frame : held.frame;
}

/** So much better that it is worth a change of what is seen. */
export function isClearlyBetter(offered: FrameCandidate, held: FrameCandidate): boolean {
  return mediaWorth(offered) > mediaWorth(held) * CLEARLY_BETTER;
}

const CLEARLY_BETTER = 2;

/** A candidate's worth, always above 0. Layout counts before the picture's own size: a page shows large what matters. */
export function mediaWorth({ kind, area, pictureArea, playing, meant }: FrameCandidate): number {
  const size = 1 + area + Math.min(pictureArea, area) / 10;
  return size * (kind === 'video' ? 1000 : 1) * (playing ? 10 : meant ? 6 : 1);
}
