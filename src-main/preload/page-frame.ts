import { ipcRenderer } from 'electron';
import {
  FrameHints,
  FrameOrder,
  LAYER_SAID,
  TELL_HINTS,
  TELL_LAYER,
  type FrameSaid,
} from '#shared/protocol/wall-layers.ts';
import { prepareMainWorld } from './main-world.ts';
import { findCarriedFrames } from './page-carry.ts';
import { createClicker } from './page-clicks.ts';
import { createPageDresser } from './page-bare-frames.ts';
import { createDresser, ownPage, randomWord } from './page-dress.ts';
import { createMediaPlayer } from './page-media-player.ts';
import { createMediaFinder, type MediaFinder } from './page-media.ts';
import { createPageSound } from './page-sound.ts';

/** How often a frame looks at its media. */
const LOOK_EVERY_MS = 500;

/**
 * The part of the wall that lives in every frame of somebody else's page, in a world of its own that the page's scripts
 * cannot reach. The frame is covered until it has its order; then it looks for media, or is filled with its own or with
 * the frame below, or is left as it is.
 */
export function runPageFrame(): void {
  const mark = `data-m${randomWord()}`;
  prepareMainWorld(mark);
  const dresser = createPageDresser(mark, createDresser(mark, ownPage()));
  const finder = createMediaFinder(document);
  const clicker = createClicker();
  const carried = findCarriedFrames();
  const teller = createTeller(finder.candidate);
  const player = createMediaPlayer(createPageSound(teller.level), finder.all);
  let order: FrameOrder | undefined;

  const look = (): void => {
    if (order === undefined) return;
    const { role, attempt, look: tileLook, sound } = order;
    if (role.type === 'show-page') {
      dresser.showPage(tileLook);
      clicker.consent(finder.roots());
      teller.event(attempt, player.showPage(sound));
      return;
    }
    const media = finder.best(player.filled());
    teller.candidate(media);
    if (role.type === 'fill') {
      dresser.fillWithMedia(media, tileLook);
      teller.event(attempt, player.fill(media, sound));
      // From the innermost outwards: a frame is not seen before what fills it is dressed.
      if (media !== undefined) carried.proveTo(order.token);
    } else if (role.type === 'carry') {
      const below = carried.element(role.token);
      dresser.fillWithFrame(below, tileLook);
      player.hush();
      if (below !== undefined) carried.proveTo(order.token);
    } else {
      dresser.cover();
      if (role.type !== 'search') player.hush();
      else if (player.search(media)) clicker.start(finder.roots());
    }
  };

  // Consent may also be asked for in a frame beside the one that has the media, or after it began.
  const press = (): void => {
    if (order !== undefined && !player.isPlaying()) clicker.consent(finder.roots());
  };
  ipcRenderer.on(TELL_HINTS, (_event, message: unknown) => {
    const told = FrameHints.safeParse(message);
    if (told.success) clicker.hint(told.data);
  });
  ipcRenderer.on(TELL_LAYER, (_event, message: unknown) => {
    const told = FrameOrder.safeParse(message);
    if (!told.success) return;
    order = told.data;
    look();
  });
  dresser.cover();
  setInterval(() => {
    press();
    look();
  }, LOOK_EVERY_MS);
  say({ type: 'hello' });
}

function say(said: FrameSaid): void {
  ipcRenderer.send(LAYER_SAID, said);
}

type Said<T extends FrameSaid['type']> = Extract<FrameSaid, { readonly type: T }>;

/** Says what is new, and nothing twice. */
function createTeller(candidateOf: MediaFinder['candidate']) {
  let lastCandidate: string | undefined;
  return {
    candidate: (media: HTMLMediaElement | undefined): void => {
      const candidate = media === undefined ? null : candidateOf(media);
      const text = JSON.stringify(candidate);
      if (text !== lastCandidate) say({ type: 'candidate', candidate });
      lastCandidate = text;
    },
    level: (peak: number | null): void => {
      say({ type: 'level', peak });
    },
    event: (attempt: number, event: Said<'event'>['event'] | null): void => {
      if (event !== null) say({ type: 'event', attempt, event });
    },
  };
}
