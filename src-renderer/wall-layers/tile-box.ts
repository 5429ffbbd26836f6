import { pictureTransform } from '#shared/model/picture-transform.ts';
import type { PlayerTile, TileEvent } from '#shared/protocol/wall-layers.ts';
import { startPlayback, type Playback } from './playback.ts';

/** One tile of a player page: what plays in it, and behind what is coming, what was there before. */
export type TileBox = {
  show(tile: PlayerTile): void;
  /** To be called regularly: says whether there were new frames. */
  tick(): void;
  close(): void;
};

/** What is seen while something new loads: a playback that goes on, or the last frame of one that is gone. */
type Before = { readonly url: string; readonly stop: () => void };

export function createTileBox(first: PlayerTile, say: (attempt: number, event: TileEvent) => void): TileBox {
  const box = document.createElement('div');
  document.body.append(box);
  let tile = first;
  let playback: Playback | undefined;
  let before: Before | undefined;
  let framesSaid = 0;

  const forgetBefore = (): void => {
    before?.stop();
    before = undefined;
  };

  /** Another stream's picture stays while this one first loads; under this one's name it would be a lie for longer. */
  const forgetOther = (): void => {
    if (before?.url !== tile.url) forgetBefore();
  };

  /** What is on the screen now stays there, silent, until the new picture comes. */
  const keepPicture = (next: PlayerTile): void => {
    if (playback === undefined) return;
    if (playback.hasShown()) {
      forgetBefore();
      const stop = next.url === tile.url ? freeze(playback) : linger(playback);
      before = { url: tile.url, stop };
    } else {
      playback.stop();
      forgetOther();
    }
    playback = undefined;
  };

  const load = (next: PlayerTile): void => {
    keepPicture(next);
    framesSaid = 0;
    const { attempt } = next;
    const saying = (event: TileEvent): void => {
      say(attempt, event);
    };
    playback = startPlayback(next.url, next.format, {
      onAnswer: () => {
        saying({ type: 'answered' });
      },
      onFirstFrame: () => {
        forgetBefore();
        tick();
      },
      onEnded: () => {
        saying({ type: 'ended' });
      },
      onFailed: (fault) => {
        forgetOther();
        saying({ type: 'failed', fault });
      },
    });
    playback.video.dataset['tile'] = next.id;
    // In front of what was there: it shows nothing until it has a frame.
    box.append(playback.video);
  };

  const tick = (): void => {
    if (playback?.hasShown() !== true) return;
    const frames = playback.frames();
    const progress = frames.shown;
    // A loop or a seek may begin the count of sound again.
    if (progress === framesSaid) return;
    framesSaid = progress;
    say(tile.attempt, { type: 'frames', frames });
  };

  const dress = (): void => {
    const { rect, look, sound } = tile;
    box.className = [
      'tile',
      look.fit === 'contain' && 'contained',
      look.blurred && 'blurred',
      look.rotation % 180 === 90 && 'sideways',
    ]
      .filter(Boolean)
      .join(' ');
    Object.assign(box.style, {
      left: `${String(rect.x)}px`,
      top: `${String(rect.y)}px`,
      width: `${String(rect.width)}px`,
      height: `${String(rect.height)}px`,
    });
    const transform = pictureTransform(look.rotation, look.zoom);
    for (const picture of box.querySelectorAll<HTMLElement>('.picture')) picture.style.transform = transform;
    if (playback !== undefined) {
      playback.video.volume = sound.volume;
      playback.video.muted = !sound.audible;
    }
  };

  load(first);
  dress();
  return {
    show: (next) => {
      if (next.attempt !== tile.attempt || next.url !== tile.url) load(next);
      tile = next;
      dress();
    },
    tick,
    close: () => {
      playback?.stop();
      forgetBefore();
      box.remove();
    },
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
