import { MediaPlayer, type ErrorEvent } from 'dashjs';
import { dashFault } from './dash-fault.ts';
import type { MediaSource, SourceEvents } from './media-source.ts';

/** Plays a manifest of MPEG-DASH. Loaded only when a tile needs it. */
export function playDash(video: HTMLVideoElement, url: string, events: SourceEvents): MediaSource {
  const player = MediaPlayer().create();
  // A tile keeps a little: what it would need to go on through a short gap, and nothing to go back to.
  player.updateSettings({
    debug: { logLevel: 0 },
    streaming: {
      buffer: {
        bufferToKeep: 4,
        bufferTimeDefault: 12,
        bufferTimeAtTopQuality: 16,
        bufferTimeAtTopQualityLongForm: 16,
      },
      abr: { limitBitrateByPortal: true },
    },
  });
  let wasLive = events.wasLive;
  player.on('streamInitialized', () => {
    if (wasLive && !player.isDynamic()) events.onEnded();
    else events.onAnswer();
    wasLive ||= player.isDynamic();
  });
  player.on('error', (error: ErrorEvent) => {
    events.onFailed(dashFault(error.error));
  });
  video.addEventListener('ended', () => {
    if (wasLive) {
      events.onEnded();
      return;
    }
    video.currentTime = 0;
    video.play().catch(() => undefined);
  });
  player.initialize(video, url, true);
  return {
    stop: () => {
      player.destroy();
    },
  };
}
