import type { Command, CatalogueCommand, WallCommand } from '#shared/document/command.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { WallArrangement } from '#shared/model/arrangement.ts';
import { TileId, type StreamId, type WallId } from '#shared/model/ids.ts';
import type { WallView } from '#shared/document/view.ts';
import type { ArchiveFound, ReadArchive } from '#shared/protocol/archive-search.ts';
import type { DelayMark, DelayWish } from '#shared/protocol/delay-state.ts';
import { DELAY_SIGNAL, MAX_CHECKED, type SignalName } from '#shared/protocol/ipc-contract.ts';
import type { TeamChange } from '#shared/protocol/team-history.ts';
import type { DismissRefused, JoinTeam } from '#shared/protocol/team-state.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { AskMachine, ControlBridge } from '../bridge.ts';
import { commandOfDrop, sameDrop, type Drop } from '../wall-grid/drop.ts';
import { messages } from './messages.ts';
import type { MirrorStore } from './mirror-store.ts';
import { createSending, type Outcome } from './sending.ts';
import { createSayings, type Sayings } from './sayings.ts';
import type { ScreenStore } from './screen-store.ts';

/** What somebody at this screen can do. Each answers with its outcome and has told the person of a refusal. */
export type Actions = {
  readonly wall: (command: WallCommand, done?: string) => Promise<Outcome>;
  /** As `wall`, but a refusal is the caller's to tell. */
  readonly catalogue: (command: CatalogueCommand) => Promise<Outcome>;
  /**
   * All of them as one step of undo, as far as one sending goes. Tells `done` with the number that were done, and the
   * first refusal with how many there were.
   */
  readonly all: (
    commands: readonly Command[],
    done: (count: number) => string,
  ) => Promise<readonly Outcome[]>;
  /** From now on this is the wall of the screen. */
  readonly openWall: (wall: WallId) => Promise<Outcome>;
  readonly readWall: (wall: WallId) => Promise<Result<WallView, Refusal>>;
  /** What has left the catalogue, a page at a time. */
  readonly readArchive: (wanted: ReadArchive) => Promise<Result<ArchiveFound, Refusal>>;
  /** What was done to this wall or to the list, as the team's server keeps it; `before` is the number of the oldest that is known. */
  readonly readHistory: (
    of: 'wall' | 'list',
    before: number | null,
  ) => Promise<Result<readonly TeamChange[], Refusal>>;
  /** The wall as it was after a step. */
  readonly readMoment: (number: number) => Promise<Result<WallArrangement, Refusal>>;
  /** Shows the wall as it was after that. */
  readonly look: (change: Pick<TeamChange, 'number' | 'atMs'>) => Promise<void>;
  /** Null where there is nothing to do, or the same is on its way already. */
  readonly drop: (drop: Drop) => Promise<Outcome | null>;
  readonly reloadTile: (tile: TileId) => Promise<Outcome>;
  /** Asks the wall that shows the tile, once; what became of it is told. */
  readonly signalTile: (tile: TileId, signal: SignalName) => Promise<Outcome>;
  readonly undo: () => Promise<Outcome>;
  readonly redo: () => Promise<Outcome>;
  readonly team: TeamActions;
  /** Where on this machine a file lies that a person chose; empty where that is not known. */
  readonly pathOf: (file: File) => string;
  /** Asks the machine that the walls stand on. */
  readonly machine: AskMachine;
  /** Asks a Streamdelay server, once: this machine's own, or that of another one which shows this wall. */
  readonly delay: (at: DelayMark | 'here', wish: DelayWish) => Promise<Outcome>;
  /** Asks the platforms about these streams now. */
  readonly checkNow: (streams: readonly StreamId[]) => Promise<Outcome>;
  readonly dismissNotice: (id: string) => Promise<void>;
} & Pick<Sayings, 'say' | 'unsay'>;

export type TeamActions = {
  readonly join: (wanted: JoinTeam) => Promise<Outcome>;
  readonly leave: () => Promise<Outcome>;
  readonly connect: (wanted: boolean) => Promise<void>;
  readonly answerStore: (answer: 'yes' | 'no') => Promise<void>;
  readonly dismissRefused: (which: DismissRefused) => Promise<void>;
  /** Does it once more, as a new edit. */
  readonly redoRefused: (which: DismissRefused) => Promise<Outcome>;
};

export type ActionParts = {
  readonly bridge: ControlBridge;
  readonly mirror: MirrorStore;
  readonly screen: ScreenStore;
  /** A random id for a new tile. */
  readonly newTileId: () => TileId;
  /** Resolves when the mirror's latest change has been drawn. */
  readonly nextFrame: () => Promise<void>;
};

const NO_MACHINE: Refusal = { reason: 'not-found', message: messages.noMachine, retryable: false };

export function createActions(parts: ActionParts): Actions {
  const { bridge, mirror, screen, newTileId, nextFrame } = parts;
  const { say, unsay, moveOn } = createSayings(screen);
  const { ask, edit, tell, sendAll, tellAll } = createSending({ bridge, screen, say, moveOn });
  const unanswered = () => say(messages.noAnswer, 'warning');
  const sendToWall = (command: WallCommand): Promise<Outcome> => {
    const whole: Command = { document: 'wall', wall: mirror.getState().wall.id, command };
    return edit(() => bridge.send(whole));
  };
  const signalTile = async (tile: TileId, signal: SignalName): Promise<Outcome> => {
    const wall = mirror.getState().wall.id;
    return tell(await ask(() => bridge.signal({ wall, tile, signal })));
  };
  /** That nothing is left to be undone is news, unlike that something is so already. */
  const tellNothing = (outcome: Outcome): Outcome => {
    if (!outcome.ok && outcome.error.reason === 'unchanged') say(outcome.error.message);
    return outcome;
  };
  return {
    wall: async (command, done) => tell(await sendToWall(command), done),
    catalogue: (command) => edit(() => bridge.send({ document: 'catalogue', command })),
    all: async (commands, done) => tellAll(await sendAll(commands), done),
    openWall: async (wall) => {
      const outcome = await ask(() => bridge.openWall(wall));
      if (!outcome.ok) say(outcome.error.message, 'warning');
      else screen.setState({ cursor: null, preview: null, swapFrom: null, moment: null, code: null });
      return outcome.ok ? ok({}) : outcome;
    },
    readWall: (wall) => ask(() => bridge.readWall(wall)),
    ...pastActions({ bridge, mirror, screen, ask, say }),
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
    reloadTile: async (tile) => signalTile(tile, 'reload'),
    signalTile,
    undo: async () => tellNothing(tell(await edit(bridge.undo))),
    redo: async () => tellNothing(tell(await edit(bridge.redo))),
    team: teamActions(bridge, async (run) => tell(await ask(run)), unanswered),
    pathOf: (file) => bridge.pathOf?.(file) ?? '',
    ...machineActions({ bridge, mirror, ask, tell }),
    checkNow: async (streams) => tell(await ask(() => bridge.checkNow(streams.slice(0, MAX_CHECKED)))),
    dismissNotice: (id) => bridge.dismissNotice(id).catch(unanswered),
    say,
    unsay,
  };
}

/** What is asked of machines that walls stand on. */
function machineActions({
  bridge,
  mirror,
  ask,
  tell,
}: Pick<ActionParts, 'bridge' | 'mirror'> & Pick<ReturnType<typeof createSending>, 'ask' | 'tell'>): Pick<
  Actions,
  'machine' | 'delay'
> {
  const machine: AskMachine = async (name, argument) => {
    const { machine: here } = bridge;
    if (here === undefined) return tell(fail(NO_MACHINE));
    return tell(await ask(() => here(name, argument)));
  };
  return {
    machine,
    delay: async (at, wish) => {
      if (at === 'here') return machine('ask-delay', wish);
      const wall = mirror.getState().wall.id;
      return tell(await ask(() => bridge.signal({ wall, signal: DELAY_SIGNAL, at, wish })));
    },
  };
}

/** What was, and what has left. */
function pastActions({
  bridge,
  mirror,
  screen,
  ask,
  say,
}: Pick<ActionParts, 'bridge' | 'mirror' | 'screen'> &
  Pick<Sayings, 'say'> &
  Pick<ReturnType<typeof createSending>, 'ask'>): Pick<
  Actions,
  'readArchive' | 'readHistory' | 'readMoment' | 'look'
> {
  const readMoment: Actions['readMoment'] = (number) =>
    ask(() => bridge.readMoment({ wall: mirror.getState().wall.id, number }));
  return {
    readArchive: (wanted) => ask(() => bridge.readArchive(wanted)),
    readHistory: (of, before) => {
      const wall = of === 'list' ? null : mirror.getState().wall.id;
      return ask(() => bridge.readHistory({ wall, before }));
    },
    readMoment,
    look: async (change) => {
      const wall = mirror.getState().wall.id;
      const read = await readMoment(change.number);
      if (!read.ok) say(read.error.message, 'warning');
      else screen.setState({ moment: { atMs: change.atMs, wall, was: read.value } });
    },
  };
}

function teamActions(
  bridge: ControlBridge,
  askAndTell: (run: () => Promise<Outcome>) => Promise<Outcome>,
  unanswered: () => void,
): TeamActions {
  return {
    join: (wanted) => askAndTell(() => bridge.joinTeam(wanted)),
    leave: () => askAndTell(bridge.leaveTeam),
    connect: (wanted) => bridge.connectTeam(wanted).catch(unanswered),
    answerStore: (answer) => bridge.answerStore(answer).catch(unanswered),
    redoRefused: (which) => askAndTell(() => bridge.redoRefused(which)),
    dismissRefused: (which) => bridge.dismissRefused(which).catch(unanswered),
  };
}

/** A tile id that nobody else will choose: 96 random bits. */
export function randomTileId(): TileId {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return TileId.parse(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}
