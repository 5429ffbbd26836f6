import { pictureTransform } from '#shared/model/picture-transform.ts';
import type { PlayerTile, TileEvent } from '#shared/protocol/wall-layers.ts';
import { createPictureBefore } from './picture-before.ts';
import { startPlayback, type Playback } from './playback.ts';
import type { SoundOutput } from './sound-output.ts';

/** One tile of a player page: what plays in it, and behind what is coming, what was there before. */
export type TileBox = {
  readonly show: (tile: PlayerTile) => void;
  /** To be called regularly: says whether there were new frames. */
  readonly tick: () => void;
  /** To be called regularly. @returns how loud it is, while it is heard; null where that is not known */
  readonly listen: (sinceMs: number) => number | null;
  readonly close: () => void;
};

type Say = (attempt: number, event: TileEvent) => void;

export function createTileBox(first: PlayerTile, output: SoundOutput, say: Say): TileBox {
  const box = document.createElement('div');
  const before = createPictureBefore();
  let tile = first;
  let playback: Playback | undefined;
  let framesSaid = 0;
  /** The address of a broadcast that was seen to end here. */
  let ended: string | undefined;

  const tick = (): void => {
    const frames = playback?.hasShown() === true ? playback.frames() : undefined;
    // Not only more: a loop or a seek may begin the count of sound again.
    if (frames === undefined || frames.shown === framesSaid) return;
    framesSaid = frames.shown;
    say(tile.attempt, { type: 'frames', frames });
  };
  const leave = (next: PlayerTile): void => {
    if (playback?.hasShown() === true) return before.keep(playback, tile.url, next.url === tile.url);
    before.forgetOther(tile.url);
    return playback?.stop();
  };
  const load = ({ id, url, format, attempt }: PlayerTile): void => {
    framesSaid = 0;
    playback = startPlayback(url, format, {
      onAnswer: say.bind(null, attempt, { type: 'answered' }),
      onFirstFrame: () => {
        before.forget();
        tick();
      },
      wasLive: ended === url,
      onEnded: () => {
        ended = url;
        say(attempt, { type: 'ended' });
      },
      onFailed: (fault) => {
        before.forgetOther(url);
        say(attempt, { type: 'failed', fault });
      },
    });
    output.join(playback.video);
    playback.video.dataset['tile'] = id;
    // In front of what was there: it shows nothing until it has a frame.
    box.append(playback.video);
  };

  document.body.append(box);
  load(first);
  dress(box, first, playback);
  return {
    show: (next) => {
      const isNew = next.attempt !== tile.attempt || next.url !== tile.url;
      if (isNew) leave(next);
      tile = next;
      if (isNew) load(next);
      dress(box, next, playback);
    },
    tick,
    listen: (sinceMs) => (tile.sound.audible ? (playback?.sound.listen(output, sinceMs) ?? null) : null),
    close: () => {
      playback?.stop();
      before.forget();
      box.remove();
    },
  };
}

/** Makes the box stand, look and sound as its tile is to. */
function dress(box: HTMLElement, { rect, look, sound }: PlayerTile, playback: Playback | undefined): void {
  const is = {
    contained: look.fit === 'contain',
    blurred: look.blurred,
    sideways: look.rotation % 180 === 90,
  };
  box.className = 'tile';
  for (const [name, on] of Object.entries(is)) box.classList.toggle(name, on);
  Object.assign(box.style, {
    left: `${String(rect.x)}px`,
    top: `${String(rect.y)}px`,
    width: `${String(rect.width)}px`,
    height: `${String(rect.height)}px`,
  });
  const transform = pictureTransform(look.rotation, look.zoom);
  for (const picture of box.querySelectorAll<HTMLElement>('.picture')) picture.style.transform = transform;
  if (playback === undefined) return;
  playback.sound.set(sound);
}
