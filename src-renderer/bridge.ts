import type { Command } from '#shared/document/command.ts';
import type { WallView } from '#shared/document/view.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { WallArrangement } from '#shared/model/arrangement.ts';
import type { StreamId, WallId } from '#shared/model/ids.ts';
import type {
  ControlArgument,
  ControlEvent,
  ControlSnapshot,
  Done,
  MachineRequest,
  WallSignal,
} from '#shared/protocol/ipc-contract.ts';
import type { ArchiveFound, ReadArchive } from '#shared/protocol/archive-search.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { ReadHistory, ReadMoment, TeamChange } from '#shared/protocol/team-history.ts';
import type { Touch } from '#shared/protocol/team-presence.ts';
import type { DismissRefused, JoinTeam } from '#shared/protocol/team-state.ts';

export type AskMachine = <R extends MachineRequest>(
  name: R,
  argument: ControlArgument<R>,
) => Promise<Result<Done, Refusal>>;

/**
 * The control room's only way out. On a desk the other end is the main process, in a browser a replica of its own.
 * Views come in, commands go out; nothing here knows how documents are kept.
 */
export type ControlBridge = {
  /** What the whole screen starts from. From then on events come. Rejects when there is nobody at the other end. */
  readonly open: () => Promise<ControlSnapshot>;
  /** Every change after the snapshot, in order. Returns what stops it. */
  readonly onEvent: (listener: (event: ControlEvent) => void) => () => void;
  /** A refusal is a value with a sentence in it; a rejection is a broken line. */
  readonly send: (command: Command) => Promise<Result<Done, Refusal>>;
  /** Together one step of undo; at most `MAX_COMMANDS`. Each is answered by itself, in order. */
  readonly sendAll: (commands: readonly Command[]) => Promise<readonly Result<Done, Refusal>[]>;
  /** From now on `wall` is this one. */
  readonly openWall: (wall: WallId) => Promise<Result<WallView, Refusal>>;
  readonly readWall: (wall: WallId) => Promise<Result<WallView, Refusal>>;
  readonly signal: (signal: WallSignal) => Promise<Result<Done, Refusal>>;
  readonly undo: () => Promise<Result<Done, Refusal>>;
  readonly redo: () => Promise<Result<Done, Refusal>>;
  readonly joinTeam: (wanted: JoinTeam) => Promise<Result<Done, Refusal>>;
  readonly leaveTeam: () => Promise<Result<Done, Refusal>>;
  /** Goes to the team's server, or works offline until it is told otherwise. */
  readonly connectTeam: (wanted: boolean) => Promise<void>;
  readonly answerStore: (answer: 'yes' | 'no') => Promise<void>;
  readonly dismissRefused: (which: DismissRefused) => Promise<void>;
  /** Does it once more, as a new edit. */
  readonly redoRefused: (which: DismissRefused) => Promise<Result<Done, Refusal>>;
  /** Asks the platforms about these streams now; at most `MAX_CHECKED`. */
  readonly checkNow: (streams: readonly StreamId[]) => Promise<Result<Done, Refusal>>;
  readonly dismissNotice: (id: string) => Promise<void>;
  /** What was done to a wall, as the team's server keeps it, newest first, a page at a time. */
  readonly readHistory: (wanted: ReadHistory) => Promise<Result<readonly TeamChange[], Refusal>>;
  /** A wall as it was after one of these. */
  readonly readMoment: (wanted: ReadMoment) => Promise<Result<WallArrangement, Refusal>>;
  /** What has left the catalogue, a page at a time. */
  readonly readArchive: (wanted: ReadArchive) => Promise<Result<ArchiveFound, Refusal>>;
  /** Shows the others of the team where one's hands are. Nobody waits for it. */
  readonly touch: (touch: Touch | null) => void;
  /** Where on this machine a file lies that a person chose; absent in a browser, which does not say. */
  readonly pathOf?: (file: File) => string;
  /** What the machine does that the walls stand on; absent in a browser. */
  readonly machine?: AskMachine;
};
