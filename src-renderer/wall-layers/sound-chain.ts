import { createAnalyser, type LevelMeter } from './level-meter.ts';

/** A video's sound on its way to the ear, through a gain and a limiter that catches what the gain makes too loud. */
export type SoundChain = LevelMeter & { readonly setGain: (factor: number) => void };

const GAIN_GLIDE_S = 0.1;

/**
 * Only for media that the page may read: of other media a chain gives silence. Once it is there, all of the element's
 * sound goes through it for good, so the context must run.
 * @returns undefined where that is not possible, and the sound goes on as it did
 */
export function createSoundChain(context: AudioContext, video: HTMLVideoElement): SoundChain | undefined {
  if (context.state !== 'running') return undefined;
  try {
    const source = context.createMediaElementSource(video);
    const analyser = createAnalyser(context, video);
    const gain = context.createGain();
    const limiter = context.createDynamicsCompressor();
    limiter.threshold.value = -4;
    limiter.knee.value = 4;
    limiter.ratio.value = 20;
    limiter.attack.value = 0.002;
    limiter.release.value = 0.15;
    source.connect(analyser.node);
    source.connect(gain).connect(limiter).connect(context.destination);
    return {
      hear: analyser.hear,
      setGain: (factor) => {
        gain.gain.setTargetAtTime(factor, context.currentTime, GAIN_GLIDE_S);
      },
      stop: () => {
        source.disconnect();
        gain.disconnect();
        limiter.disconnect();
      },
    };
  } catch {
    return undefined;
  }
}
