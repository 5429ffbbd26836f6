import { gainFactor, levelSound, NOT_LEVELLED } from '#shared/model/level-sound.ts';
import type { MediaFormat, TileSound } from '#shared/protocol/wall-layers.ts';
import { createLevelMeter, type LevelMeter } from './level-meter.ts';
import type { SoundOutput } from './sound-output.ts';
import { createSoundChain, type SoundChain } from './sound-chain.ts';

/** The sound of one playback: as loud as its tile is to be, and, levelled, about as loud as the others. */
export type PlaybackSound = {
  readonly set: (sound: TileSound) => void;
  /** To be called regularly while it is heard. @returns the loudest moment, 0 to 1, before any volume; null where it is not known */
  readonly listen: (output: SoundOutput, sinceMs: number) => number | null;
  readonly stop: () => void;
};

/** Through a chain goes only what we bring into the element ourselves. Other media is made quieter at most. */
const CHAINED: ReadonlySet<MediaFormat> = new Set(['hls', 'dash']);

export function createPlaybackSound(video: HTMLVideoElement, format: MediaFormat): PlaybackSound {
  let sound: TileSound = { audible: false, volume: 1, levelled: false };
  let levelled = NOT_LEVELLED;
  let chain: SoundChain | undefined;
  let meter: LevelMeter | undefined;

  const apply = (): void => {
    const factor = sound.levelled ? gainFactor(levelled) : 1;
    chain?.setGain(factor);
    video.volume = chain === undefined ? sound.volume * Math.min(1, factor) : sound.volume;
    video.muted = !sound.audible;
  };
  const earOf = (context: AudioContext): LevelMeter => {
    if (sound.levelled && chain === undefined && CHAINED.has(format)) {
      chain = createSoundChain(context, video);
      if (chain !== undefined) meter?.stop();
    }
    return chain ?? (meter ??= createLevelMeter(context, video));
  };
  return {
    set: (next) => {
      if (!next.levelled) levelled = NOT_LEVELLED;
      sound = next;
      apply();
    },
    listen: (output, sinceMs) => {
      if (!sound.audible) return null;
      const heard = earOf(output.context()).hear();
      if (heard === null) return null;
      if (sound.levelled) {
        levelled = levelSound(levelled, heard.meanSquare, sinceMs);
        apply();
      }
      return heard.peak;
    },
    stop: () => {
      meter?.stop();
      chain?.stop();
    },
  };
}
