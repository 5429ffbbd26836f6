import type { TileFault } from '#shared/protocol/tile-report.ts';
import type { PlaybackEvents, Source } from './playback.ts';

/** Plays a file that the browser reads by itself. It has an end and no broadcast behind it, so it begins again. */
export function playFile(
  video: HTMLVideoElement,
  url: string,
  { onMediaFound, onFailed }: Pick<PlaybackEvents, 'onMediaFound' | 'onEnded' | 'onFailed'>,
): Source {
  video.loop = true;
  video.addEventListener('loadedmetadata', onMediaFound);
  video.addEventListener('error', () => {
    onFailed(fileFault(video.error));
  });
  video.src = url;
  return { stop: () => undefined };
}

/** Chromium puts the HTTP status at the beginning of the message, if there was one. */
export function fileFault(error: Pick<MediaError, 'code' | 'message'> | null): TileFault {
  const status = /^(\d{3})\b/.exec(error?.message ?? '')?.[1];
  if (status !== undefined) return httpFault(Number(status));
  switch (error?.code) {
    case 3:
      return 'unsupported';
    case 4:
      return /network|empty src/i.test(error.message) ? 'network' : 'unsupported';
    default:
      return 'network';
  }
}

/** What an answer other than "here it is" says. 0 stands for none. */
export function httpFault(status: number): TileFault {
  if (status === 404 || status === 410) return 'page-not-found';
  if (status === 401) return 'login-needed';
  if (status === 403 || status === 451) return 'blocked';
  return 'network';
}
