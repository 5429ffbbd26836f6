import { ipcRenderer } from 'electron';
import { FrameOrder, LAYER_SAID, TELL_LAYER, type FrameSaid } from '#shared/protocol/wall-layers.ts';
import { bestMedia, candidateOf, framesOf } from './page-media.ts';
import { createDresser } from './page-dress.ts';
import { findCarriedFrame, type CarriedFrame } from './page-carry.ts';

/** How often a frame looks at its media. */
const LOOK_EVERY_MS = 500;

/** A page gets so many looks to start its media itself: it knows best which is the real one. */
const PATIENT_LOOKS = 6;

/**
 * The part of the wall that lives in every frame of somebody else's page, in a world of its own that the page's scripts
 * cannot reach. The frame is covered until it has its order; then it looks for media, or is filled with its own or with
 * the frame below, or is left as it is.
 */
export function runPageFrame(): void {
  const dresser = createDresser();
  const carried: CarriedFrame = findCarriedFrame();
  let order: FrameOrder | undefined;
  let filled: HTMLMediaElement | undefined;
  let saidCandidate: string | undefined;
  let saidFrames = -1;
  let beats = 0;
  let looksInVain = 0;

  const say = (said: FrameSaid): void => {
    ipcRenderer.send(LAYER_SAID, said);
  };

  const look = (): void => {
    if (order === undefined) return;
    const { role } = order;
    const media = role.type === 'show-page' ? undefined : bestMedia(document, filled);
    if (role.type !== 'show-page') tellCandidate(media);
    if (role.type === 'fill') fill(media, order);
    else if (role.type === 'carry') dresser.fill(carried.element(role.token), order.look, false);
    else if (role.type === 'search') search(media);
    else showPage(order);
    if (role.type === 'fill' || role.type === 'carry') carried.proveTo(order.token);
  };

  const tellCandidate = (media: HTMLMediaElement | undefined): void => {
    const candidate = media === undefined ? null : candidateOf(media);
    const text = JSON.stringify(candidate);
    if (text === saidCandidate) return;
    saidCandidate = text;
    say({ type: 'candidate', candidate });
  };

  const search = (media: HTMLMediaElement | undefined): void => {
    dresser.cover();
    if (media !== undefined && media.paused) looksInVain += 1;
    if (looksInVain > PATIENT_LOOKS) keepPlaying(media);
  };

  const fill = (
    media: HTMLMediaElement | undefined,
    { look: tileLook, sound, attempt }: FrameOrder,
  ): void => {
    if (media !== filled) saidFrames = -1;
    filled = media;
    dresser.fill(media, tileLook, true);
    if (media === undefined) return;
    if (media.ended && media.duration === Infinity) say({ type: 'event', attempt, event: { type: 'ended' } });
    else keepPlaying(media);
    if (sound.audible) {
      media.muted = false;
      media.volume = sound.volume;
      silenceOthers(media);
    }
    const frames = framesOf(media);
    if (frames.shown === saidFrames || frames.shown === 0) return;
    saidFrames = frames.shown;
    say({ type: 'event', attempt, event: { type: 'frames', frames } });
  };

  const showPage = ({ look: tileLook, sound, attempt }: FrameOrder): void => {
    dresser.showPage(tileLook);
    for (const media of document.querySelectorAll<HTMLMediaElement>('video, audio'))
      media.volume = sound.volume;
    // A page that is shown as it is plays while its scripts can still answer.
    if (window !== window.top || document.readyState === 'loading') return;
    beats += 1;
    say({ type: 'event', attempt, event: { type: 'frames', frames: { shown: beats, dropped: 0 } } });
  };

  ipcRenderer.on(TELL_LAYER, (_event, message: unknown) => {
    const told = FrameOrder.safeParse(message);
    if (!told.success) return;
    order = told.data;
    if (order.role.type !== 'fill') filled = undefined;
    look();
  });
  dresser.cover();
  setInterval(look, LOOK_EVERY_MS);
  say({ type: 'hello' });
}

/** What has an end begins again there. */
function keepPlaying(media: HTMLMediaElement | undefined): void {
  if (media?.paused === true || media?.ended === true) media.play().catch(() => undefined);
}

function silenceOthers(heard: HTMLMediaElement): void {
  for (const media of document.querySelectorAll<HTMLMediaElement>('video, audio')) {
    if (media !== heard) media.muted = true;
  }
}
