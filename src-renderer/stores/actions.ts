import type { Command, CatalogueCommand, WallCommand } from '#shared/document/command.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import { TileId } from '#shared/model/ids.ts';
import type { Done } from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { ControlBridge } from '../bridge.ts';
import { commandOfDrop, sameDrop, type Drop } from '../wall-grid/drop.ts';
import { messages } from './messages.ts';
import type { MirrorStore } from './mirror-store.ts';
import { createSayings, type Sayings } from './sayings.ts';
import type { ScreenStore } from './screen-store.ts';

export type Outcome = Result<Done, Refusal>;

/** What somebody at this screen can do. Each answers with its outcome and has told the person of a refusal. */
export type Actions = {
  readonly wall: (command: WallCommand, done?: string) => Promise<Outcome>;
  /** As `wall`, but a refusal is the caller's to tell. */
  readonly catalogue: (command: CatalogueCommand) => Promise<Outcome>;
  /** Null where there is nothing to do, or the same is on its way already. */
  readonly drop: (drop: Drop) => Promise<Outcome | null>;
  readonly reloadTile: (tile: TileId) => Promise<Outcome>;
  readonly undo: () => Promise<Outcome>;
  readonly redo: () => Promise<Outcome>;
  readonly dismissNotice: (id: string) => Promise<void>;
} & Pick<Sayings, 'say' | 'unsay'>;

export type ActionParts = {
  readonly bridge: ControlBridge;
  readonly mirror: MirrorStore;
  readonly screen: ScreenStore;
  /** A random id for a new tile. */
  readonly newTileId: () => TileId;
  /** Resolves when the mirror's latest change has been drawn. */
  readonly nextFrame: () => Promise<void>;
};

export function createActions(parts: ActionParts): Actions {
  const { bridge, mirror, screen, newTileId, nextFrame } = parts;
  const { say, unsay, moveOn } = createSayings(screen);
  const ask = async (run: () => Promise<Outcome>): Promise<Outcome> => {
    try {
      return await run();
    } catch {
      return fail({ reason: 'not-stored', message: messages.noAnswer, retryable: true });
    }
  };
  /** An edit is not saved until it is answered. */
  const edit = async (run: () => Promise<Outcome>): Promise<Outcome> => {
    moveOn();
    screen.setState(({ inFlight }) => ({ inFlight: inFlight + 1 }));
    const outcome = await ask(run);
    screen.setState(({ inFlight }) => ({ inFlight: inFlight - 1 }));
    return outcome;
  };
  const tell = (outcome: Outcome, done?: string) => {
    if (!outcome.ok) {
      if (outcome.error.reason !== 'unchanged') say(outcome.error.message, 'warning');
    } else if (done !== undefined) say(done, 'info', true);
    else if (outcome.value.words !== undefined) say(outcome.value.words);
    return outcome;
  };
  const sendToWall = (command: WallCommand): Promise<Outcome> => {
    const whole: Command = { document: 'wall', wall: mirror.getState().wall.id, command };
    return edit(() => bridge.send(whole));
  };

  return {
    wall: async (command, done) => tell(await sendToWall(command), done),
    catalogue: (command) => edit(() => bridge.send({ document: 'catalogue', command })),
    drop: async (drop) => {
      const command = commandOfDrop(drop, newTileId);
      const repeated = screen.getState().underway.some((other) => sameDrop(other, drop));
      if (command === null || repeated) return null;
      screen.setState((state) => ({ underway: [...state.underway, drop] }));
      const outcome = await sendToWall(command);
      await nextFrame();
      screen.setState((state) => ({ underway: state.underway.filter((other) => other !== drop) }));
      return tell(outcome);
    },
    reloadTile: async (tile) => {
      const signal = { wall: mirror.getState().wall.id, tile, signal: 'reload' } as const;
      return tell(await ask(() => bridge.signal(signal)));
    },
    undo: async () => tell(await edit(bridge.undo)),
    redo: async () => tell(await edit(bridge.redo)),
    dismissNotice: async (id) => {
      await bridge.dismissNotice(id).catch(() => say(messages.noAnswer, 'warning'));
    },
    say,
    unsay,
  };
}

/** A tile id that nobody else will choose: 96 random bits. */
export function randomTileId(): TileId {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return TileId.parse(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}
