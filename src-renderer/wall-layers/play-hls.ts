import Hls, {
  type ErrorData,
  type LoaderCallbacks,
  type LoaderConfiguration,
  type PlaylistLoaderConstructor,
  type PlaylistLoaderContext,
} from 'hls.js';
import type { TileFault } from '#shared/protocol/tile-report.ts';
import { createBearablePlaylist } from './bearable-playlist.ts';
import { httpFault } from './http-fault.ts';
import type { MediaSource, SourceEvents } from './media-source.ts';

/** Within so long, hls.js may mend the same kind of trouble so often; then the tile's own retry takes over. */
const MENDING_WINDOW_MS = 30_000;
const MAX_MENDINGS = 3;
/** What HTTP calls it when something is too large. */
const TOO_LONG = 413;

/** Plays a playlist. hls.js comes first even where the browser could do it itself: it tells what is wrong. */
export function playHls(video: HTMLVideoElement, url: string, events: SourceEvents): MediaSource {
  if (!Hls.isSupported()) {
    events.onFailed('unsupported');
    return { stop: () => undefined };
  }
  // A tile keeps a little: what it would need to go on through a short gap, and nothing to go back to.
  const hls = new Hls({
    backBufferLength: 4,
    maxBufferLength: 16,
    maxMaxBufferLength: 30,
    maxBufferSize: 16 * 1024 * 1024,
    capLevelToPlayerSize: true,
    startFragPrefetch: true,
    pLoader: playlistLoader(),
    manifestLoadPolicy: loadPolicy(8_000, 1),
    playlistLoadPolicy: loadPolicy(8_000, 2),
    fragLoadPolicy: loadPolicy(15_000, 3),
  });
  const mendings: number[] = [];
  let { wasLive } = events;
  hls.on(Hls.Events.MANIFEST_PARSED, () => {
    events.onAnswer();
    video.play().catch(() => undefined);
  });
  hls.on(Hls.Events.LEVEL_LOADED, (_event, { details }) => {
    // A broadcast that is over is often kept as a recording under the same address.
    if (wasLive && !details.live && video.currentTime === 0) events.onEnded();
    wasLive ||= details.live;
  });
  hls.on(Hls.Events.ERROR, (_event, error) => {
    if (!error.fatal) return;
    const now = performance.now();
    while (mendings[0] !== undefined && now - mendings[0] > MENDING_WINDOW_MS) mendings.shift();
    if (mendings.length < MAX_MENDINGS && mend(hls, error)) mendings.push(now);
    else events.onFailed(hlsFault(error));
  });
  video.addEventListener('ended', () => {
    if (wasLive) {
      events.onEnded();
      return;
    }
    video.currentTime = 0;
    video.play().catch(() => undefined);
  });
  hls.attachMedia(video);
  hls.loadSource(url);
  return {
    stop: () => {
      hls.destroy();
    },
  };
}

/** Tries what hls.js advises for a fatal error. False: nothing can be done here. */
function mend(hls: Hls, error: ErrorData): boolean {
  if (error.type === Hls.ErrorTypes.MEDIA_ERROR && !isForGood(error)) {
    hls.recoverMediaError();
    return true;
  }
  // Without a playlist there is nothing to start again from.
  if (error.type === Hls.ErrorTypes.NETWORK_ERROR && hls.levels.length > 0 && !isRefused(error)) {
    hls.startLoad();
    return true;
  }
  return false;
}

const isRefused = (error: ErrorData): boolean => (error.response?.code ?? 0) >= 400;

const isForGood = ({ details }: ErrorData): boolean =>
  details === Hls.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR ||
  details === Hls.ErrorDetails.BUFFER_ADD_CODEC_ERROR ||
  details === Hls.ErrorDetails.BUFFER_INCOMPATIBLE_CODECS_ERROR;

function hlsFault(error: ErrorData): TileFault {
  if (isForGood(error)) return 'unsupported';
  if (error.details === Hls.ErrorDetails.MANIFEST_PARSING_ERROR) return 'no-media';
  switch (error.type) {
    case Hls.ErrorTypes.NETWORK_ERROR:
      return httpFault(error.response?.code ?? 0);
    case Hls.ErrorTypes.KEY_SYSTEM_ERROR:
      return 'blocked';
    default:
      return 'unsupported';
  }
}

function loadPolicy(timeoutMs: number, retries: number) {
  const retry = { maxNumRetry: retries, retryDelayMs: 500, maxRetryDelayMs: 4_000 };
  return {
    default: {
      maxTimeToFirstByteMs: timeoutMs,
      maxLoadTimeMs: timeoutMs,
      timeoutRetry: retry,
      errorRetry: retry,
    },
  };
}

/** Reads playlists as hls.js does, and makes harmless in them what hls.js cannot bear. */
function playlistLoader(): PlaylistLoaderConstructor {
  const bearable = createBearablePlaylist();
  const Base = Hls.DefaultConfig.loader as unknown as PlaylistLoaderConstructor;
  return class extends Base {
    override load(
      context: PlaylistLoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<PlaylistLoaderContext>,
    ): void {
      super.load(context, config, {
        ...callbacks,
        onSuccess: (response, stats, asked, details) => {
          const { data = '' } = response;
          const read = typeof data === 'string' ? bearable(data) : data;
          if (read !== null) callbacks.onSuccess({ ...response, data: read }, stats, asked, details);
          else callbacks.onError({ code: TOO_LONG, text: 'too many segments' }, asked, details, stats);
        },
      });
    }
  };
}
