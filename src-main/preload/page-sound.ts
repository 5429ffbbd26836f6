import { gainFactor, levelSound, NOT_LEVELLED } from '#shared/model/level-sound.ts';
import type { TileSound } from '#shared/protocol/wall-layers.ts';

/**
 * Hears how loud a page's media is, and makes it quieter where it is louder than others. A page's own player cannot be
 * sent through a gain of ours without the danger that it falls silent, so it is never made louder.
 */
export type PageSound = {
  /** To be called with what fills the frame; nothing, or what is not audible, is not listened to. */
  readonly follow: (media: HTMLMediaElement | undefined, sound: TileSound) => void;
};

type Capturable = HTMLMediaElement & { readonly captureStream: () => MediaStream };
type Ear = { readonly of: HTMLMediaElement; readonly analyser: AnalyserNode; readonly close: () => void };

const LISTEN_EVERY_MS = 250;
/** What rests is woken when that is noticed, and again after so many looks. */
const WAKE_EVERY_LOOKS = 16;
const MOMENT = 4096;
/** Below this volume too little is left to tell what it was before. */
const QUIETEST = 0.05;

/** @param say told how loud it is, before its volume; null once when it is not listened to (any more, or for a while) */
export function createPageSound(say: (peak: number | null) => void): PageSound {
  const moment = new Float32Array(MOMENT);
  let context: AudioContext | undefined;
  let ear: Ear | undefined;
  let deaf: HTMLMediaElement | undefined;
  let volume = 1;
  let isLevelled = false;
  let level = NOT_LEVELLED;
  let timer: ReturnType<typeof setInterval> | undefined;
  let resting = 0;

  const forget = (): void => {
    clearInterval(timer);
    timer = undefined;
    ear?.close();
    if (ear !== undefined) say(null);
    ear = undefined;
    resting = 0;
    level = NOT_LEVELLED;
  };
  const listen = (): void => {
    if (ear === undefined || context === undefined) return;
    resting = context.state === 'running' ? 0 : resting + 1;
    if (resting > 0) {
      // With the process that makes the sound, every context is laid to rest: what it last heard would be told for ever.
      if (resting === 1) say(null);
      if (resting % WAKE_EVERY_LOOKS === 1) context.resume().catch(() => undefined);
      return;
    }
    ear.analyser.getFloatTimeDomainData(moment);
    const before = ear.of.srcObject === null ? Math.max(QUIETEST, ear.of.volume) : 1;
    const peak = moment.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    const square = moment.reduce((sum, sample) => sum + sample * sample, 0) / MOMENT;
    level = isLevelled ? levelSound(level, Math.min(1, square / before ** 2), LISTEN_EVERY_MS) : NOT_LEVELLED;
    ear.of.volume = volume * Math.min(1, gainFactor(level));
    say(Math.min(1, peak / before));
  };
  return {
    follow: (media, sound) => {
      ({ volume, levelled: isLevelled } = sound);
      const wanted = sound.audible ? media : undefined;
      if (ear?.of !== wanted) forget();
      if (wanted === undefined) return;
      if (ear === undefined && deaf !== wanted) {
        context ??= new AudioContext();
        const opened = openEar(context, wanted);
        if (opened === 'impossible') deaf = wanted;
        else if (opened !== 'later') {
          ear = opened;
          timer = setInterval(listen, LISTEN_EVERY_MS);
        }
      }
      wanted.volume = volume * Math.min(1, gainFactor(level));
    },
  };
}

/** Listens beside the element. Media of another site that did not agree to it cannot be heard by us. */
function openEar(context: AudioContext, media: HTMLMediaElement): Ear | 'later' | 'impossible' {
  if (media.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || media.muted) return 'later';
  try {
    const { srcObject } = media;
    const isOwn = srcObject === null || !('getAudioTracks' in srcObject);
    const stream = isOwn ? (media as Capturable).captureStream() : srcObject;
    const sounds = stream.getAudioTracks();
    // What the page gave its element is only listened to: it is the page's to end.
    const copies = isOwn ? stream.getTracks() : [];
    for (const copy of copies) if (copy.kind === 'video') copy.stop();
    if (sounds.length === 0) return isOwn ? 'impossible' : 'later';
    const node = context.createMediaStreamSource(new MediaStream(sounds));
    const analyser = new AnalyserNode(context, { fftSize: MOMENT });
    node.connect(analyser);
    const close = (): void => {
      node.disconnect();
      for (const copy of copies) copy.stop();
    };
    return { of: media, analyser, close };
  } catch {
    return 'impossible';
  }
}
