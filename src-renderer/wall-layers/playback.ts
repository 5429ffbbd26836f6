import type { FrameCount, MediaFormat } from '#shared/protocol/wall-layers.ts';
import type { MediaSource, SourceEvents } from './media-source.ts';
import { playFile } from './play-file.ts';
import { playHls } from './play-hls.ts';
import { playWhep } from './play-whep.ts';
import { createPlaybackSound, type PlaybackSound } from './tile-sound.ts';

/** What becomes of one attempt to play. */
export type PlaybackEvents = SourceEvents & { readonly onFirstFrame: () => void };

/** One attempt to play one address, in an element of its own. */
export type Playback = {
  readonly video: HTMLVideoElement;
  readonly frames: () => FrameCount;
  readonly hasShown: () => boolean;
  readonly sound: PlaybackSound;
  /** Lets go of the network, the decoder and the buffer. The element shows nothing any more. */
  readonly stop: () => void;
};

/** A file of sound has no frames; each tenth of a second of it counts as one. */
const SOUND_FRAMES_PER_SECOND = 10;

export function startPlayback(url: string, format: MediaFormat, events: PlaybackEvents): Playback {
  const video = document.createElement('video');
  video.className = 'picture';
  video.playsInline = true;
  video.autoplay = true;
  video.muted = true;
  video.disablePictureInPicture = true;
  let hasShown = false;
  let isStopped = false;
  const alive =
    <A extends readonly unknown[]>(act: (...args: A) => void) =>
    (...args: A): void => {
      if (!isStopped) act(...args);
    };
  const shown = alive(() => {
    if (hasShown) return;
    hasShown = true;
    events.onFirstFrame();
  });
  video.requestVideoFrameCallback(shown);
  video.addEventListener(
    'timeupdate',
    alive(() => {
      // Sound has no frames, and in a window that is hidden none is drawn.
      if ((video.videoWidth === 0 || document.hidden) && video.currentTime > 0) shown();
    }),
  );
  // A page in the background or a decoder that gives way may pause what should play.
  video.addEventListener(
    'pause',
    alive(() => {
      if (!video.ended) video.play().catch(() => undefined);
    }),
  );
  const sound = createPlaybackSound(video, format);
  const source = play(format)(video, url, {
    wasLive: events.wasLive,
    onAnswer: alive(events.onAnswer),
    onEnded: alive(events.onEnded),
    onFailed: alive(events.onFailed),
  });
  return {
    video,
    hasShown: () => hasShown,
    frames: () => framesOf(video),
    sound,
    stop: () => {
      if (isStopped) return;
      isStopped = true;
      sound.stop();
      source.stop();
      video.removeAttribute('src');
      video.load();
      video.remove();
    },
  };
}

type Play = (video: HTMLVideoElement, url: string, events: SourceEvents) => MediaSource;

function play(format: MediaFormat): Play {
  switch (format) {
    case 'hls':
      return playHls;
    case 'file':
      return playFile;
    case 'whep':
      return playWhep;
    case 'dash':
      // Large, and seldom needed.
      return playLater(async () => (await import('./play-dash.ts')).playDash);
  }
}

function playLater(load: () => Promise<Play>): Play {
  return (video, url, events) => {
    let source: MediaSource | 'stopped' | undefined;
    load().then(
      (playNow) => {
        source ??= playNow(video, url, events);
      },
      () => {
        events.onFailed('unsupported');
      },
    );
    return {
      stop: () => {
        if (source !== undefined && source !== 'stopped') source.stop();
        source = 'stopped';
      },
    };
  };
}

function framesOf(video: HTMLVideoElement): FrameCount {
  const quality = video.getVideoPlaybackQuality();
  const dropped = quality.droppedVideoFrames;
  if (video.videoWidth > 0) return { shown: Math.max(0, quality.totalVideoFrames - dropped), dropped };
  return { shown: Math.floor(video.currentTime * SOUND_FRAMES_PER_SECOND), dropped: 0 };
}
