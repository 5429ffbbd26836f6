import { z } from 'zod';
import { Command } from '../document/command.ts';
import type {
  EventView,
  IgnoreView,
  LocationView,
  Problem,
  StreamerView,
  StreamView,
  WallEntryView,
  WallView,
} from '../document/view.ts';
import type { Result } from '../kernel/result.ts';
import type { WallArrangement } from '../model/arrangement.ts';
import { StreamId, TileId, WallId } from '../model/ids.ts';
import { SourceId, SourceSettings, type SourceView } from './data-source.ts';
import type { FarDelay } from './delay-presence.ts';
import { DelayMark, DelaySettings, DelayWish, type DelayState } from './delay-state.ts';
import type { Refusal } from './refusal.ts';
import { SiteName, SitePage, type StoredSite } from './stored-site.ts';
import { DismissRefused, JoinTeam, type TeamState } from './team-state.ts';
import { ReadArchive, type ArchiveFound } from './archive-search.ts';
import { ReadHistory, ReadMoment, type TeamChange } from './team-history.ts';
import { Touch } from './team-presence.ts';
import type { StatusState } from './status-state.ts';
import type { TileReport } from './tile-report.ts';
import type { TileLevel, TileStill } from './tile-still.ts';
import { PlaceOnScreen, SetWallMarks, SetWallSound, SoloTile, type ScreensState } from './wall-output.ts';

/**
 * Everything that the control window and the main process say to each other. A request is checked for its sender, then
 * against its schema, then handled; `src-main/ipc` and `src-renderer/bridge-desktop` are its two ends.
 */

/** What the whole screen starts from; every later change comes as a `ControlEvent`. */
export type ControlSnapshot = Readonly<{
  streams: readonly StreamView[];
  streamers: readonly StreamerView[];
  locations: readonly LocationView[];
  ignore: readonly IgnoreView[];
  events: readonly EventView[];
  walls: readonly WallEntryView[];
  /** The wall that this control room works on; `open-wall` changes it. */
  wall: WallView;
  /** The wall as it stands on a screen; absent while it stands on none. */
  shape?: WallShape;
  reports: readonly TileReport[];
  /** The newest of each tile, as far as any was taken. */
  stills?: readonly TileStill[];
  /** How many watch each stream, as far as that is known. */
  viewers?: readonly (readonly [StreamId, number | null])[];
  saving: SavingState;
  /** Absent where there is no team to join. */
  team?: TeamState;
  /** Absent where no wall can be put on a screen, as in a browser. */
  screens?: ScreensState;
  /** Absent where there can be none, as in a browser. */
  delay?: DelayState;
  /** The Streamdelay servers of machines elsewhere that show this wall. */
  farDelays?: readonly FarDelay[];
  /** The lists that this machine follows; absent where it cannot, as in a browser. */
  sources?: readonly SourceView[];
  /** Whether this machine looks who is live; absent where it cannot, as in a browser. */
  status?: StatusState;
  notices: readonly Notice[];
  problems: readonly Problem[];
  versions: Readonly<{ app: string; electron: string }>;
}>;

/** How large the wall's picture is, in pixels: what the control window draws the wall in the shape of. */
export type WallShape = Readonly<{ width: number; height: number }>;

/** The shape of a wall that stands on no screen. */
export const USUAL_SHAPE: WallShape = { width: 1920, height: 1080 };

/** Truth about what is on disk here: `unsaved` counts edits that are shown and not yet stored. */
export type SavingState =
  | { readonly state: 'saved' }
  | { readonly state: 'saving'; readonly unsaved: number }
  | { readonly state: 'failing'; readonly unsaved: number; readonly words: string };

/** Something the person should know, in words; stays until dismissed. */
export type Notice = Readonly<{ id: string; tone: 'info' | 'warning'; words: string }>;

export type ControlEvent =
  | { readonly type: 'streams'; readonly put: readonly StreamView[]; readonly removed: readonly StreamId[] }
  | { readonly type: 'streamers'; readonly streamers: readonly StreamerView[] }
  | { readonly type: 'locations'; readonly locations: readonly LocationView[] }
  | { readonly type: 'ignore'; readonly ignore: readonly IgnoreView[] }
  | { readonly type: 'events'; readonly events: readonly EventView[] }
  | { readonly type: 'walls'; readonly walls: readonly WallEntryView[] }
  | { readonly type: 'wall'; readonly wall: WallView }
  | { readonly type: 'shape'; readonly shape: WallShape }
  | { readonly type: 'reports'; readonly reports: readonly TileReport[] }
  /** New ones only; a tile that is not named keeps the one it has. */
  | { readonly type: 'stills'; readonly stills: readonly TileStill[] }
  /** Of every tile that has sound, several times a second; a tile that is not named makes none. */
  | { readonly type: 'levels'; readonly levels: readonly TileLevel[] }
  /** How many watch the streams that are named; null: not known any more. */
  | { readonly type: 'viewers'; readonly viewers: readonly (readonly [StreamId, number | null])[] }
  | { readonly type: 'saving'; readonly saving: SavingState }
  | { readonly type: 'team'; readonly team: TeamState }
  | { readonly type: 'screens'; readonly screens: ScreensState }
  | { readonly type: 'delay'; readonly delay: DelayState }
  | { readonly type: 'far-delays'; readonly farDelays: readonly FarDelay[] }
  | { readonly type: 'status'; readonly status: StatusState }
  | { readonly type: 'sites'; readonly sites: readonly StoredSite[] }
  | { readonly type: 'sources'; readonly sources: readonly SourceView[] }
  | { readonly type: 'notices'; readonly notices: readonly Notice[] };

/**
 * A one-off request to the running wall. `reload`: load the tile afresh. `still`: a picture of it in full size, which the
 * answer holds. `thumbnail`: a small one, perhaps some seconds old. `open-page`: its page in a window of its own, with the tiles' cookies, to log in. `devtools`: look inside.
 */
export const SignalName = z.enum(['reload', 'still', 'thumbnail', 'open-page', 'devtools']);
export type SignalName = z.infer<typeof SignalName>;

/** A one-off request to a machine that shows the wall, for its Streamdelay server; `at` says which. */
export const DELAY_SIGNAL = 'ask-delay';

export const WallSignal = z.discriminatedUnion('signal', [
  z.strictObject({ wall: WallId, tile: TileId, signal: SignalName }),
  z.strictObject({ wall: WallId, signal: z.literal(DELAY_SIGNAL), at: DelayMark, wish: DelayWish }),
]);
export type WallSignal = z.infer<typeof WallSignal>;

/** So many streams are asked about at once at most. */
export const MAX_CHECKED = 200;

/** So many commands are sent at once at most. */
export const MAX_COMMANDS = 1000;

/** What can be asked of the machine that the walls stand on, and of no browser. */
export const machineRequests = {
  /** From now on, and at every start, the wall stands on a screen of this machine. */
  'put-on-screen': WallId,
  'take-off-screen': WallId,
  /** Where it stands, or will once it is put on a screen. */
  'place-on-screen': PlaceOnScreen,
  /** How it sounds on this machine. */
  'set-wall-sound': SetWallSound,
  /** From now on this machine plays this tile alone; null: what the wall says is heard. */
  'solo-tile': SoloTile,
  /** What is drawn over its tiles on this machine. */
  'set-wall-marks': SetWallMarks,
  /** What the sites of the tiles have stored here is told as a `sites` event. */
  'list-sites': z.undefined(),
  /** All that a site, and the hosts beneath it, have stored here. */
  'clear-site': SiteName,
  /** In a window of its own, to log in. */
  'open-site': SitePage,
  /** Whether this machine looks who is live, while nobody else in the team does. */
  'set-status-checker': z.boolean(),
  /** Which Streamdelay server is the desk's; null: none. */
  'set-delay': DelaySettings.nullable(),
  /** Done once that server says so; without a line to it, refused. */
  'ask-delay': DelayWish,
  /** From now on, and at every start, this list is followed. */
  'add-source': SourceSettings,
  /** The streams that came from it stay. */
  'remove-source': SourceId,
  /** Reads it now. */
  'check-source': SourceId,
  /** Streams that play without a network, on this machine; an empty wall gets some of them. */
  'add-demo-channels': WallId,
} as const;

export type MachineRequest = keyof typeof machineRequests;

/** The schema of each request's argument. */
export const controlRequests = {
  /** The snapshot; from then on events are sent to this window. */
  'open-control': z.undefined(),
  'send-command': Command,
  /** Together one step of undo; each is answered by itself. */
  'send-commands': z.array(Command).min(1).max(MAX_COMMANDS),
  /** From now on the control room works on this wall. What stands on a screen stays there. */
  'open-wall': WallId,
  /** A wall as it is now, without going there. */
  'read-wall': WallId,
  undo: z.undefined(),
  redo: z.undefined(),
  'send-signal': WallSignal,
  /** Asks the platforms about these streams now. */
  'check-now': z.array(StreamId).min(1).max(MAX_CHECKED),
  'dismiss-notice': z.string().max(64),
  /** Begins to connect; what comes of it is told as `team` events. Takes the place of a team that was joined before. */
  'join-team': JoinTeam,
  /** The desk is alone again, with all that it holds. */
  'leave-team': z.undefined(),
  /** Goes to the team's server, or works offline until it is told otherwise. */
  'connect-team': z.boolean(),
  /** Answers what `team.sync.line.question` asks. */
  'answer-store-question': z.enum(['yes', 'no']),
  'dismiss-refused': DismissRefused,
  /** Does it once more, as a new edit; done, it is refused no longer. */
  'redo-refused': DismissRefused,
  /** Where the hands of whoever is at this screen are, for the others of the team; not kept. */
  touch: Touch.nullable(),
  /** What was done to a wall, as the team's server keeps it, newest first. */
  'read-history': ReadHistory,
  /** A wall as it was after one of these. */
  'read-moment': ReadMoment,
  /** What has left the catalogue, a page at a time. */
  'read-archive': ReadArchive,
  ...machineRequests,
} as const;

export type ControlRequest = keyof typeof controlRequests;
export type ControlArgument<R extends ControlRequest> = z.infer<(typeof controlRequests)[R]>;

/** Done; `words` says what was undone or changed where that is worth saying, `image` is the still that was asked for, a JPEG as a data URL. */
export type Done = Readonly<{ words?: string; image?: string }>;

export type ControlAnswer = {
  'open-control': ControlSnapshot;
  'send-command': Result<Done, Refusal>;
  /** In the order of the commands. */
  'send-commands': readonly Result<Done, Refusal>[];
  'open-wall': Result<WallView, Refusal>;
  'read-wall': Result<WallView, Refusal>;
  undo: Result<Done, Refusal>;
  redo: Result<Done, Refusal>;
  'send-signal': Result<Done, Refusal>;
  'check-now': Result<Done, Refusal>;
  'dismiss-notice': undefined;
  'join-team': Result<Done, Refusal>;
  'leave-team': Result<Done, Refusal>;
  'connect-team': undefined;
  'answer-store-question': undefined;
  'dismiss-refused': undefined;
  'redo-refused': Result<Done, Refusal>;
  touch: undefined;
  'read-history': Result<readonly TeamChange[], Refusal>;
  'read-moment': Result<WallArrangement, Refusal>;
  'read-archive': Result<ArchiveFound, Refusal>;
} & MachineAnswer;

/** Each answers that it is done. */
type MachineAnswer = { readonly [R in MachineRequest]: Result<Done, Refusal> };
