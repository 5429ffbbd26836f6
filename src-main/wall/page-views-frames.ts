import { randomBytes } from 'node:crypto';
import type { WebContents, WebFrameMain } from 'electron';
import type { Logger } from '#shared/kernel/logger.ts';
import {
  FrameSaid,
  LAYER_SAID,
  TELL_LAYER,
  type FrameCandidate,
  type FrameOrder,
  type TileEvent,
} from '#shared/protocol/wall-layers.ts';
import { chooseFrame } from './choose-frame.ts';
import type { HostedTile } from './tile-host.ts';

/** Tells every frame of a page what it is to do, as they say what media they have. */
export type FrameConductor = { adjust(tile: HostedTile): void; stop(): void };

export type FrameConductorOptions = {
  readonly contents: WebContents;
  readonly tile: HostedTile;
  readonly attempt: number;
  readonly say: (event: TileEvent) => void;
  readonly log: Logger;
};

/** A page may have as many frames as it likes; so many of them are listened to. */
const MAX_FRAMES = 100;

type Known = {
  readonly frame: WebFrameMain;
  candidate: FrameCandidate | null;
  /** By which its parent knows it. */
  readonly token: string;
};

/**
 * The frames of a page lie in different processes and see nothing of one another. Each says what media it has; the best
 * frame is told to fill itself with it, and every frame above to fill itself with the frame below: which one that is, it
 * learns from a token that main gives to both.
 */
export function conductFrames(options: FrameConductorOptions): FrameConductor {
  const { contents, attempt, say } = options;
  let tile = options.tile;
  let winner: string | null = null;
  const known = new Map<string, Known>();

  const orderFor = (entry: Known): FrameOrder => ({
    attempt,
    role: roleOf(entry),
    token: entry.token,
    look: tile.look,
    sound: tile.sound,
  });

  const roleOf = ({ frame }: Known): FrameOrder['role'] => {
    if (tile.source.type === 'page') return { type: 'show-page' };
    const chosen = winner === null ? undefined : known.get(winner);
    if (chosen === undefined) return { type: 'search' };
    if (nameOf(frame) === winner) return { type: 'fill' };
    const below = childTowards(chosen.frame, frame);
    const token = below === null ? undefined : known.get(nameOf(below))?.token;
    return token === undefined ? { type: 'search' } : { type: 'carry', token };
  };

  const tell = (entry: Known): void => {
    if (isGone(entry.frame)) return;
    entry.frame.send(TELL_LAYER, orderFor(entry));
  };

  const forgetGone = (): void => {
    for (const [name, { frame }] of known) if (isGone(frame)) known.delete(name);
  };

  const choose = (): void => {
    forgetGone();
    const offers = [...known].flatMap(([frame, { candidate }]) =>
      candidate === null ? [] : [{ frame, candidate }],
    );
    const next = chooseFrame(offers, winner);
    if (next === winner) return;
    winner = next;
    for (const entry of known.values()) tell(entry);
  };

  const greet = (frame: WebFrameMain): void => {
    forgetGone();
    const name = nameOf(frame);
    if (!known.has(name) && known.size >= MAX_FRAMES) return;
    if (winner === name) winner = null;
    const entry: Known = { frame, candidate: null, token: randomBytes(16).toString('hex') };
    known.set(name, entry);
    for (const each of known.values()) tell(each);
  };

  contents.ipc.on(LAYER_SAID, (event, message: unknown) => {
    const frame: WebFrameMain | null = event.senderFrame;
    if (frame === null || isGone(frame)) return;
    const said = FrameSaid.safeParse(message);
    if (!said.success) return;
    const entry = known.get(nameOf(frame));
    switch (said.data.type) {
      case 'hello':
        greet(frame);
        return;
      case 'candidate':
        if (entry === undefined) return;
        entry.candidate = said.data.candidate;
        choose();
        return;
      case 'event':
        if (said.data.attempt === attempt && isHeard(nameOf(frame), said.data.event)) say(said.data.event);
    }
  });

  /** Only the frame that fills the tile says whether it plays; of a page shown as it is, the top frame. */
  const isHeard = (name: string, event: TileEvent): boolean => {
    if (event.type === 'answered') return false;
    return tile.source.type === 'page' ? name === nameOf(contents.mainFrame) : name === winner;
  };

  return {
    adjust: (next) => {
      tile = next;
      forgetGone();
      for (const entry of known.values()) tell(entry);
    },
    stop: () => {
      known.clear();
      if (!contents.isDestroyed()) contents.ipc.removeAllListeners(LAYER_SAID);
    },
  };
}

/** A frame keeps this name for as long as it is there, whichever processes its documents live in. */
const nameOf = (frame: WebFrameMain): string => String(frame.frameTreeNodeId);

/** The frame directly below `above` on the way to `target`; null where `target` is not below it. */
function childTowards(target: WebFrameMain, above: WebFrameMain): WebFrameMain | null {
  let frame: WebFrameMain | null = target;
  while (frame !== null) {
    const parent: WebFrameMain | null = frame.parent;
    if (parent !== null && nameOf(parent) === nameOf(above)) return frame;
    frame = parent;
  }
  return null;
}

/** Asking a frame that is gone throws. */
function isGone(frame: WebFrameMain): boolean {
  try {
    return frame.detached || frame.processId < 0;
  } catch {
    return true;
  }
}
