import type { Playback } from './playback.ts';

/** What is seen of a tile while something new loads in it. */
export type PictureBefore = {
  /** Keeps what a playback shows: as a still if the same is tried again, and else as it goes on, silent. */
  readonly keep: (playback: Playback, url: string, isTriedAgain: boolean) => void;
  /** Another stream's picture would be a lie for longer than this one first loads. */
  readonly forgetOther: (url: string) => void;
  readonly forget: () => void;
};

export function createPictureBefore(): PictureBefore {
  let kept: { readonly url: string; readonly stop: () => void } | undefined;
  const forget = (): void => {
    kept?.stop();
    kept = undefined;
  };
  return {
    keep: (playback, url, isTriedAgain) => {
      forget();
      kept = { url, stop: isTriedAgain ? freeze(playback) : linger(playback) };
    },
    forgetOther: (url) => {
      if (kept?.url !== url) forget();
    },
    forget,
  };
}

function linger(playback: Playback): () => void {
  playback.video.muted = true;
  delete playback.video.dataset['tile'];
  return playback.stop;
}

/** The last frame as a still; the playback itself is gone. */
function freeze(playback: Playback): () => void {
  const { video } = playback;
  const still = document.createElement('canvas');
  still.className = 'picture';
  still.width = Math.max(1, video.videoWidth);
  still.height = Math.max(1, video.videoHeight);
  if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
    still.getContext('2d')?.drawImage(video, 0, 0, still.width, still.height);
  }
  video.before(still);
  playback.stop();
  return () => {
    still.remove();
  };
}
