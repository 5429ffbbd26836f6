/** How loud a sound is before its volume: its loudest sample since it was last asked, and the mean square, 0 to 1. */
export type Heard = { readonly peak: number; readonly meanSquare: number };

export type LevelMeter = {
  /** Null where it cannot be known. */
  readonly hear: () => Heard | null;
  readonly stop: () => void;
};

/** What Chromium's media elements can do, and TypeScript does not know of. */
type Capturable = HTMLVideoElement & { readonly captureStream: () => MediaStream };

/** Below this volume too little is left to tell what it was before. */
const MIN_VOLUME = 0.05;
/** Long enough that nothing is missed between two looks. */
const MOMENT = 8192;

type Tracks = { readonly tracks: readonly MediaStreamTrack[]; readonly release: () => void };

/** What a video makes of sound. A stream that it was given is listened to itself: to end a copy would end that, too. */
function soundOf(video: HTMLVideoElement): Tracks {
  const { srcObject } = video;
  if (srcObject instanceof MediaStream)
    return { tracks: srcObject.getAudioTracks(), release: () => undefined };
  const captured = (video as Capturable).captureStream();
  // Pictures are not needed, and would be copied one by one.
  for (const track of captured.getVideoTracks()) track.stop();
  const tracks = captured.getAudioTracks();
  const release = (): void => {
    for (const track of tracks) track.stop();
  };
  return { tracks, release };
}

/** By which volume what is listened to was made quieter already. */
const volumeBefore = (video: HTMLVideoElement): number =>
  video.srcObject === null ? Math.max(MIN_VOLUME, video.volume) : 1;

/** A moment of what goes through an analyser, and how loud it is. */
export function createAnalyser(
  context: AudioContext,
  video: HTMLVideoElement,
): { readonly node: AnalyserNode; readonly hear: () => Heard } {
  const node = context.createAnalyser();
  node.fftSize = MOMENT;
  const samples = new Float32Array(MOMENT);
  return {
    node,
    hear: () => {
      node.getFloatTimeDomainData(samples);
      let peak = 0;
      let sum = 0;
      for (const sample of samples) {
        peak = Math.max(peak, Math.abs(sample));
        sum += sample * sample;
      }
      const volume = volumeBefore(video);
      return { peak: Math.min(1, peak / volume), meanSquare: Math.min(1, sum / MOMENT / volume ** 2) };
    },
  };
}

/**
 * Listens beside the element: what is heard is not touched. Only an element that is not muted gives its sound, and only
 * media that our page may read (playlists, manifests and WebRTC, not files of other hosts).
 */
export function createLevelMeter(context: AudioContext, video: HTMLVideoElement): LevelMeter {
  let source: { readonly hear: () => Heard; readonly stop: () => void } | undefined;
  let isImpossible = false;

  const open = (): void => {
    try {
      const { tracks, release } = soundOf(video);
      if (tracks.length === 0) return;
      const node = context.createMediaStreamSource(new MediaStream([...tracks]));
      const analyser = createAnalyser(context, video);
      node.connect(analyser.node);
      const stop = (): void => {
        node.disconnect();
        release();
      };
      source = { hear: analyser.hear, stop };
    } catch {
      isImpossible = true;
    }
  };
  return {
    hear: () => {
      if (source === undefined && !isImpossible && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA)
        open();
      return source?.hear() ?? null;
    },
    stop: () => {
      source?.stop();
      source = undefined;
    },
  };
}
