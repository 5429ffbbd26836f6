import type { FrameCandidate, FrameCount } from '#shared/protocol/wall-layers.ts';
import { bareDocumentsOf } from './page-bare-frames.ts';
import { isClearlyBetter, mediaWorth } from '../wall/choose-frame.ts';

/** So many elements are looked at for hidden parts of a page; a page with more is looked at in part. */
const MAX_ELEMENTS = 20_000;

/** A shadow tree costs a look at each element; they are looked for this often, in looks. */
const DEEP_LOOK_EVERY = 4;
/** The same while something fills the frame: only what is much better is still of interest. */
const DEEP_LOOK_WHILE_FILLED = 20;

/** Looks for the media of one frame, wherever it is. */
export type MediaFinder = {
  /** The page and every tree within it that was found so far. */
  readonly roots: () => readonly (Document | ShadowRoot)[];
  /** All media in these. */
  readonly all: () => readonly HTMLMediaElement[];
  /**
   * The media that is the page's, among all that this frame has; the one that fills the frame already, while it lasts and
   * nothing that plays is clearly better.
   */
  readonly best: (current: HTMLMediaElement | undefined) => HTMLMediaElement | undefined;
  /** What is said of it where it is compared with others, as large as the page itself made it. */
  readonly candidate: (media: HTMLMediaElement) => FrameCandidate;
};

declare global {
  interface Window {
    /** In the preload's own world: takes closed trees that the main process was shown. */
    streamwallTree?: (root: ShadowRoot) => void;
  }
}

export function createMediaFinder(page: Document): MediaFinder {
  const closed = new Set<ShadowRoot>();
  /** What fills the frame is as large as the frame; it counts as large as it last was before. */
  const areas = new WeakMap<HTMLMediaElement, number>();
  let looks = 0;
  let open: readonly ShadowRoot[] = [];
  const roots = (): readonly (Document | ShadowRoot)[] => {
    for (const root of closed) if (!root.host.isConnected) closed.delete(root);
    const own = [page, ...open, ...closed];
    return [...own, ...bareDocumentsOf(own)];
  };
  const lookDeep = (every: number): void => {
    if (looks++ % every === 0) open = shadowRootsOf(page);
  };
  const candidate = (media: HTMLMediaElement): FrameCandidate =>
    candidateOf(media, isLaidOut(media) ? (areas.get(media) ?? areaOf(media)) : 0);
  window.streamwallTree = (root) => {
    closed.add(root);
  };
  return {
    roots,
    candidate,
    all: () => {
      lookDeep(DEEP_LOOK_WHILE_FILLED);
      return mediaIn(roots());
    },
    best: (current) => {
      const held = current?.isConnected === true && isAlive(current) && !current.ended ? current : undefined;
      lookDeep(held === undefined ? DEEP_LOOK_EVERY : DEEP_LOOK_WHILE_FILLED);
      const all = mediaIn(roots());
      for (const media of all) if (media !== current) areas.set(media, areaOf(media));
      const best = bestOf(all, candidate);
      if (held === undefined || best === undefined) return held ?? best;
      const offered = candidate(best);
      return offered.playing && isClearlyBetter(offered, candidate(held)) ? best : held;
    },
  };
}

const mediaIn = (roots: readonly (Document | ShadowRoot)[]): readonly HTMLMediaElement[] =>
  roots.flatMap((root) => [...root.querySelectorAll<HTMLMediaElement>('video, audio')]);

/** Also in a frame that has classes of its own. */
const isVideo = (media: HTMLMediaElement): media is HTMLVideoElement => media.localName === 'video';

function bestOf(
  all: readonly HTMLMediaElement[],
  candidate: MediaFinder['candidate'],
): HTMLMediaElement | undefined {
  let best: HTMLMediaElement | undefined;
  let bestWorth = 0;
  for (const media of all) {
    if (!isAlive(media)) continue;
    const worth = mediaWorth(candidate(media));
    if (worth <= bestWorth) continue;
    best = media;
    bestWorth = worth;
  }
  return best;
}

const isLaidOut = (media: HTMLMediaElement): boolean => media.getClientRects().length > 0;

function areaOf(media: HTMLMediaElement): number {
  const { width, height } = media.getBoundingClientRect();
  return Math.round(width * height);
}

function candidateOf(media: HTMLMediaElement, area: number): FrameCandidate {
  const picture = isVideo(media) ? media.videoWidth * media.videoHeight : 0;
  return {
    kind: isVideo(media) ? 'video' : 'audio',
    area,
    pictureArea: picture,
    meant: !media.ended && (media.autoplay || !media.paused),
    playing: !media.paused && !media.ended && media.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA,
  };
}

export function framesOf(media: HTMLMediaElement): FrameCount {
  if (isVideo(media) && media.videoWidth > 0) {
    const { totalVideoFrames, droppedVideoFrames } = media.getVideoPlaybackQuality();
    return { shown: Math.max(0, totalVideoFrames - droppedVideoFrames), dropped: droppedVideoFrames };
  }
  return { shown: Math.floor(media.currentTime * 10), dropped: 0 };
}

/** It has something to play, or may yet get it, and its frame is still there. */
function isAlive(media: HTMLMediaElement): boolean {
  return (
    media.error === null &&
    media.ownerDocument.defaultView !== null &&
    (media.readyState > 0 || media.currentSrc !== '' || media.srcObject !== null)
  );
}

function shadowRootsOf(page: Document): readonly ShadowRoot[] {
  const found: ShadowRoot[] = [];
  const open: (Document | ShadowRoot)[] = [page];
  let budget = MAX_ELEMENTS;
  for (let root = open.pop(); root !== undefined; root = open.pop()) {
    for (const element of root.querySelectorAll('*')) {
      if (--budget < 0) return found;
      if (element.shadowRoot === null) continue;
      found.push(element.shadowRoot);
      open.push(element.shadowRoot);
    }
  }
  return found;
}
