/** How loud a video's sound is. */
export type LevelMeter = {
  /** The loudest moment since it was last asked, from 0 to 1, before the volume; null where it cannot be known. */
  readonly peak: () => number | null;
  readonly stop: () => void;
};

/** What Chromium's media elements can do, and TypeScript does not know of. */
type Capturable = HTMLVideoElement & { readonly captureStream: () => MediaStream };

/** Below this volume too little is left to tell what it was before. */
const MIN_VOLUME = 0.05;

/**
 * Listens beside the element: what is heard is not touched. Only an element that is not muted gives its sound, and only
 * media that our page may read (playlists, manifests and WebRTC, not files of other hosts).
 */
export function createLevelMeter(context: AudioContext, video: HTMLVideoElement): LevelMeter {
  const samples = new Float32Array(2048);
  let source: { readonly analyser: AnalyserNode; readonly stop: () => void } | undefined;
  let isImpossible = false;

  const open = (): void => {
    try {
      const captured = (video as Capturable).captureStream();
      // Pictures are not needed, and would be copied one by one.
      for (const track of captured.getVideoTracks()) track.stop();
      const tracks = captured.getAudioTracks();
      if (tracks.length === 0) return;
      const node = context.createMediaStreamSource(new MediaStream(tracks));
      const analyser = context.createAnalyser();
      node.connect(analyser);
      const stop = (): void => {
        node.disconnect();
        for (const track of tracks) track.stop();
      };
      source = { analyser, stop };
    } catch {
      isImpossible = true;
    }
  };
  return {
    peak: () => {
      if (source === undefined && !isImpossible && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA)
        open();
      if (source === undefined) return null;
      source.analyser.getFloatTimeDomainData(samples);
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      return Math.min(1, peak / Math.max(MIN_VOLUME, video.volume));
    },
    stop: () => {
      source?.stop();
      source = undefined;
    },
  };
}
