import { ipcRenderer } from 'electron';
import { FrameOrder, LAYER_SAID, TELL_LAYER, type FrameSaid } from '#shared/protocol/wall-layers.ts';
import { findCarriedFrames } from './page-carry.ts';
import { createDresser } from './page-dress.ts';
import { createMediaPlayer } from './page-media-player.ts';
import { bestMedia, candidateOf } from './page-media.ts';

/** How often a frame looks at its media. */
const LOOK_EVERY_MS = 500;

/**
 * The part of the wall that lives in every frame of somebody else's page, in a world of its own that the page's scripts
 * cannot reach. The frame is covered until it has its order; then it looks for media, or is filled with its own or with
 * the frame below, or is left as it is.
 */
export function runPageFrame(): void {
  const dresser = createDresser();
  const carried = findCarriedFrames();
  const player = createMediaPlayer();
  const teller = createTeller();
  let order: FrameOrder | undefined;

  const look = (): void => {
    if (order === undefined) return;
    const { role, attempt, look: tileLook, sound } = order;
    if (role.type === 'show-page') {
      dresser.showPage(tileLook);
      teller.event(attempt, player.showPage(sound));
      return;
    }
    const media = bestMedia(document, player.filled());
    teller.candidate(media);
    if (role.type === 'fill') {
      dresser.fillWithMedia(media, tileLook);
      teller.event(attempt, player.fill(media, sound));
      // From the innermost outwards: a frame is not seen before what fills it is dressed.
      if (media !== undefined) carried.proveTo(order.token);
    } else if (role.type === 'carry') {
      const below = carried.element(role.token);
      dresser.fillWithFrame(below);
      player.hush();
      if (below !== undefined) carried.proveTo(order.token);
    } else {
      dresser.cover();
      if (role.type === 'search') player.search(media);
      else player.hush();
    }
  };

  ipcRenderer.on(TELL_LAYER, (_event, message: unknown) => {
    const told = FrameOrder.safeParse(message);
    if (!told.success) return;
    order = told.data;
    look();
  });
  dresser.cover();
  setInterval(look, LOOK_EVERY_MS);
  say({ type: 'hello' });
}

function say(said: FrameSaid): void {
  ipcRenderer.send(LAYER_SAID, said);
}

type Said<T extends FrameSaid['type']> = Extract<FrameSaid, { readonly type: T }>;

/** Says what is new, and nothing twice. */
function createTeller() {
  let lastCandidate: string | undefined;
  return {
    candidate: (media: HTMLMediaElement | undefined): void => {
      const candidate = media === undefined ? null : candidateOf(media);
      const text = JSON.stringify(candidate);
      if (text !== lastCandidate) say({ type: 'candidate', candidate });
      lastCandidate = text;
    },
    event: (attempt: number, event: Said<'event'>['event'] | null): void => {
      if (event !== null) say({ type: 'event', attempt, event });
    },
  };
}
