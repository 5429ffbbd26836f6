import { randomBytes } from 'node:crypto';
import type { WebContents, WebFrameMain } from 'electron';
import { oneAtATime } from '#shared/kernel/one-at-a-time.ts';
import {
  FrameSaid,
  LAYER_SAID,
  TELL_HINTS,
  TELL_LAYER,
  type FrameCandidate,
  type FrameHints,
  type FrameOrder,
  type TileEvent,
} from '#shared/protocol/wall-layers.ts';
import { chooseFrame, type FrameOffer } from './choose-frame.ts';
import { roleOf, type FramePlace } from './frame-roles.ts';
import { createRateLimit } from './rate-limit.ts';
import type { HostedTile } from './tile-host.ts';

/** Tells every frame of a page what it is to do, as they say what media they have. */
export type FrameConductor = {
  readonly adjust: (tile: HostedTile) => void;
  /** Some frame has media to show. */
  readonly hasMedia: () => boolean;
  readonly stop: () => void;
};

export type FrameConductorParts = {
  readonly say: (event: TileEvent) => void;
  /** How loud the page's media is; null when it is not heard any more. */
  readonly hearLevel: (peak: number | null) => void;
  /** What is known of the site of an address. */
  readonly hintsFor: (url: string) => FrameHints;
};

/** A page may have as many frames as it likes; so many of them are listened to. */
const MAX_FRAMES = 100;
/** Each frame says two or three things a second at most, and more only in its beginning. */
const HEARD_PER_SECOND = 400;

type Known = {
  readonly frame: WebFrameMain;
  readonly candidate: FrameCandidate | null;
  /** By which its parent knows it. */
  readonly token: string;
};

/** Sending lets other work run first, which may send, too. */
const createOrders = () =>
  oneAtATime(({ frame, said }: { frame: WebFrameMain; said: FrameOrder }) => {
    frame.send(TELL_LAYER, said);
  });

/**
 * The frames of a page lie in different processes and see nothing of one another. Each says what media it has; the best
 * frame is told to fill itself with it, and every frame above to fill itself with the frame below: which one that is, it
 * learns from a token that main gives to both.
 */
export function conductFrames(
  contents: WebContents,
  first: HostedTile,
  attempt: number,
  { say, hearLevel, hintsFor }: FrameConductorParts,
): FrameConductor {
  let tile = first;
  let winner: string | null = null;
  const known = new Map<string, Known>();
  const order = createOrders();
  const tell = ({ frame, token }: Known): void => {
    const chosen = winner === null ? undefined : known.get(winner);
    const role: FrameOrder['role'] = showsPage(tile)
      ? { type: 'show-page' }
      : roleOf(nameOf(frame), chosen ? placeOf(chosen.frame) : null, (name) => known.get(name)?.token);
    order({ frame, said: { attempt, role, token, look: tile.look, sound: tile.sound } });
  };
  const tellAll = (): void => {
    forgetGone(known);
    known.forEach(tell);
  };
  const greet = (frame: WebFrameMain): void => {
    const name = nameOf(frame);
    if (!known.has(name) && known.size >= MAX_FRAMES) return;
    known.set(name, { frame, candidate: null, token: randomBytes(16).toString('hex') });
    frame.send(TELL_HINTS, hintsFor(frame.url));
    // A parent knows its child by a token, and that is new.
    const concerned = winner === name ? [...known.keys()] : [name, frame.parent && nameOf(frame.parent)];
    if (winner === name) winner = null;
    forgetGone(known);
    for (const [each, to] of known) if (concerned.includes(each)) tell(to);
  };
  const choose = (): void => {
    forgetGone(known);
    const next = chooseFrame(offersOf(known), winner);
    if (next === winner) return;
    winner = next;
    tellAll();
  };
  /** Only the frame that fills the tile says whether it plays; of a page shown as it is, the top frame. */
  const speaker = (): string | null => (showsPage(tile) ? nameOf(contents.mainFrame) : winner);
  const hear = (frame: WebFrameMain, said: FrameSaid): void => {
    const name = nameOf(frame);
    const entry = known.get(name);
    if (said.type === 'hello') greet(frame);
    else if (said.type === 'candidate' && entry !== undefined) {
      known.set(name, { ...entry, candidate: said.candidate });
      choose();
    } else if (name === speaker()) {
      if (said.type === 'level') hearLevel(tile.sound.audible ? said.peak : null);
      else if (said.type === 'event' && said.attempt === attempt) say(said.event);
    }
  };
  return {
    adjust: (next) => {
      tile = next;
      tellAll();
    },
    hasMedia: () => winner !== null,
    stop: listen(contents, hear),
  };
}

/** The page as it is, and not its media alone. */
const showsPage = ({ source }: HostedTile): boolean => source.type === 'page' || source.type === 'layer';

/** Passes on what frames of the page say, if it can be read. */
function listen(contents: WebContents, hear: (frame: WebFrameMain, said: FrameSaid) => void): () => void {
  const mayBeHeard = createRateLimit(HEARD_PER_SECOND, 2 * HEARD_PER_SECOND, Date.now);
  contents.ipc.on(LAYER_SAID, (event, message: unknown) => {
    if (!mayBeHeard()) return;
    const frame: WebFrameMain | null = event.senderFrame;
    const said = FrameSaid.safeParse(message);
    if (frame !== null && !isGone(frame) && said.success) hear(frame, said.data);
  });
  return () => {
    if (!contents.isDestroyed()) contents.ipc.removeAllListeners(LAYER_SAID);
  };
}

function offersOf(known: ReadonlyMap<string, Known>): readonly FrameOffer<string>[] {
  return [...known].flatMap(([frame, { candidate }]) => (candidate === null ? [] : [{ frame, candidate }]));
}

function forgetGone(known: Map<string, Known>): void {
  for (const [name, { frame }] of known) if (isGone(frame)) known.delete(name);
}

/** A frame keeps this name for as long as it is there, whichever processes its documents live in. */
const nameOf = (frame: WebFrameMain): string => String(frame.frameTreeNodeId);

function placeOf(frame: WebFrameMain): FramePlace {
  return { name: nameOf(frame), parent: frame.parent === null ? null : placeOf(frame.parent) };
}

/** Asking a frame that is gone throws. */
function isGone(frame: WebFrameMain): boolean {
  try {
    return frame.detached || frame.processId < 0;
  } catch {
    return true;
  }
}
