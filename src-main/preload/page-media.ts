import type { FrameCandidate, FrameCount } from '#shared/protocol/wall-layers.ts';
import { mediaWorth } from '../wall/choose-frame.ts';

/** So many elements are looked at for hidden parts of a page; a page with more is looked at in part. */
const MAX_ELEMENTS = 20_000;

/** A shadow tree costs a look at each element; they are looked for this often, in looks. */
const DEEP_LOOK_EVERY = 4;

/** Looks for the media of one frame, wherever it is. */
export type MediaFinder = {
  /** The page and every tree within it that was found so far. */
  readonly roots: () => readonly (Document | ShadowRoot)[];
  /** The media that is the page's, among all that this frame has; the one that fills the frame already, while it lasts. */
  readonly best: (current: HTMLMediaElement | undefined) => HTMLMediaElement | undefined;
};

declare global {
  interface Window {
    /** In the preload's own world: takes closed trees that the main process was shown. */
    streamwallTree?: (root: ShadowRoot) => void;
  }
}

export function createMediaFinder(page: Document): MediaFinder {
  const closed = new Set<ShadowRoot>();
  let looks = 0;
  let open: readonly ShadowRoot[] = [];
  const roots = (): readonly (Document | ShadowRoot)[] => {
    for (const root of closed) if (!root.host.isConnected) closed.delete(root);
    return [page, ...open, ...closed];
  };
  window.streamwallTree = (root) => {
    closed.add(root);
  };
  return {
    roots,
    best: (current) => {
      if (current?.isConnected === true && isAlive(current) && !current.ended) return current;
      if (looks++ % DEEP_LOOK_EVERY === 0) open = shadowRootsOf(page);
      return bestOf(roots());
    },
  };
}

function bestOf(roots: readonly (Document | ShadowRoot)[]): HTMLMediaElement | undefined {
  const all = roots.flatMap((root) => [...root.querySelectorAll<HTMLMediaElement>('video, audio')]);
  let best: HTMLMediaElement | undefined;
  let bestWorth = 0;
  for (const media of all) {
    if (!isAlive(media)) continue;
    const worth = mediaWorth(candidateOf(media));
    if (worth <= bestWorth) continue;
    best = media;
    bestWorth = worth;
  }
  return best;
}

export function candidateOf(media: HTMLMediaElement): FrameCandidate {
  const { width, height } = media.getBoundingClientRect();
  const picture = media instanceof HTMLVideoElement ? media.videoWidth * media.videoHeight : 0;
  const isSound = media instanceof HTMLAudioElement;
  return {
    kind: isSound ? 'audio' : 'video',
    area: Math.round(width * height),
    pictureArea: picture,
    meant: media.autoplay || !media.paused,
    playing: !media.paused && !media.ended && media.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA,
  };
}

export function framesOf(media: HTMLMediaElement): FrameCount {
  if (media instanceof HTMLVideoElement && media.videoWidth > 0) {
    const { totalVideoFrames, droppedVideoFrames } = media.getVideoPlaybackQuality();
    return { shown: Math.max(0, totalVideoFrames - droppedVideoFrames), dropped: droppedVideoFrames };
  }
  return { shown: Math.floor(media.currentTime * 10), dropped: 0 };
}

/** It has something to play, or may yet get it. */
function isAlive(media: HTMLMediaElement): boolean {
  return (
    media.error === null && (media.readyState > 0 || media.currentSrc !== '' || media.srcObject !== null)
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
