import type { TileFault } from '#shared/protocol/tile-report.ts';
import { httpFault } from './http-fault.ts';
import type { MediaSource, SourceEvents } from './media-source.ts';

const PROBE_TIMEOUT_MS = 5_000;

/** Plays a file that the browser reads by itself. It has an end and no broadcast behind it, so it begins again. */
export function playFile(
  video: HTMLVideoElement,
  url: string,
  { onAnswer, onFailed }: SourceEvents,
): MediaSource {
  video.loop = true;
  video.addEventListener('loadedmetadata', onAnswer);
  const stop = new AbortController();
  video.addEventListener('error', () => {
    const fault = fileFault(video.error);
    if (fault !== 'unsupported') onFailed(fault);
    else void whyNotPlayed(url, stop.signal).then(onFailed);
  });
  video.src = url;
  return {
    stop: () => {
      stop.abort();
    },
  };
}

/** A browser calls every answer that it cannot play a wrong format, also "not found": asks again to tell them apart. */
async function whyNotPlayed(url: string, stopped: AbortSignal): Promise<TileFault> {
  const isOver = new AbortController();
  try {
    const signal = AbortSignal.any([stopped, isOver.signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]);
    const { ok, status } = await fetch(url, { signal, credentials: 'omit', headers: { Range: 'bytes=0-0' } });
    return ok || status === 416 ? 'unsupported' : httpFault(status);
  } catch {
    return 'network';
  } finally {
    isOver.abort();
  }
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
