import type { TileEvent, TileSound } from '#shared/protocol/wall-layers.ts';
import { framesOf } from './page-media.ts';
import type { PageSound } from './page-sound.ts';

/** Keeps a page's media playing, as loud as the tile is to be; returns what is to be said of it, if anything. */
export type MediaPlayer = {
  /** The media that fills the frame now. */
  readonly filled: () => HTMLMediaElement | undefined;
  readonly isPlaying: () => boolean;
  /**
   * Nothing fills the tile yet: after a while, what the page does not start itself is started.
   * @returns whether it is time to press a button for it
   */
  readonly search: (media: HTMLMediaElement | undefined) => boolean;
  /** Something else fills the tile. */
  readonly hush: () => void;
  readonly fill: (media: HTMLMediaElement | undefined, sound: TileSound) => TileEvent | null;
  readonly showPage: (sound: TileSound) => TileEvent | null;
};

/** A page gets so many looks to start its media itself: it knows best which is the real one. */
const PATIENT_LOOKS = 6;
const SILENT: TileSound = { audible: false, volume: 0, levelled: false };

/**
 * @param pageSound hears and levels what is heard
 * @param allMedia all that the frame has, wherever it is
 */
export function createMediaPlayer(
  pageSound: PageSound,
  allMedia: () => readonly HTMLMediaElement[],
): MediaPlayer {
  let filled: HTMLMediaElement | undefined;
  let saidFrames = 0;
  let beats = 0;
  let looksInVain = 0;
  return {
    filled: () => filled,
    isPlaying: () => filled !== undefined && !filled.paused && saidFrames > 0,
    search: (media) => {
      filled = undefined;
      pageSound.follow(undefined, SILENT);
      if (media?.paused !== false && document.readyState === 'complete') looksInVain += 1;
      if (looksInVain <= PATIENT_LOOKS) return false;
      keepPlaying(media);
      return media === undefined;
    },
    hush: () => {
      filled = undefined;
      pageSound.follow(undefined, SILENT);
      for (const media of allMedia()) media.muted = true;
    },
    fill: (media, sound) => {
      if (media !== filled) saidFrames = 0;
      filled = media;
      pageSound.follow(media, sound);
      if (media === undefined) return null;
      // A broadcast has no length; what has one begins again at its end.
      if (media.ended && media.duration === Infinity) return { type: 'ended' };
      keepPlaying(media);
      if (sound.audible) beHeard(media, allMedia());
      const frames = framesOf(media);
      if (frames.shown === saidFrames) return null;
      saidFrames = frames.shown;
      return { type: 'frames', frames };
    },
    showPage: ({ volume }) => {
      for (const media of allMedia()) media.volume = volume;
      // Only the top frame speaks for the page: it plays while its scripts can still answer.
      if (window !== window.top || document.readyState === 'loading') return null;
      beats += 1;
      return { type: 'frames', frames: { shown: beats, dropped: 0 } };
    },
  };
}

function keepPlaying(media: HTMLMediaElement | undefined): void {
  if (media?.paused === true || media?.ended === true) media.play().catch(() => undefined);
}

function beHeard(heard: HTMLMediaElement, all: readonly HTMLMediaElement[]): void {
  for (const media of all) media.muted = media !== heard;
  heard.muted = false;
}
