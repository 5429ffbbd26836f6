import type { Clock } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { WallView } from '#shared/document/view.ts';
import type { WallId } from '#shared/model/ids.ts';
import type { Role } from '#shared/model/role.ts';
import type { ControlSnapshot, Notice } from '#shared/protocol/ipc-contract.ts';
import type { OpenFailure, ReplicaDatabase } from '#shared/replica/open-replica-database.ts';
import { openReplica, type Replica } from '#shared/replica/replica.ts';
import type { SocketOpener, SyncTimers } from '#shared/replica/sync-surroundings.ts';
import { createControlService, type ControlService } from './control-service.ts';
import { createDemoShelf } from './demo-shelf.ts';
import type { DemoChannels } from './demo-channels/find-demo-channels.ts';
import { DESK, findDeskContent } from './desk-content.ts';
import { DelayControl } from './delay/delay-control.ts';
import type { DelaySettingsFile } from './delay/delay-settings-file.ts';
import { DataSources } from './sources/data-sources.ts';
import type { SourceSettingsFile } from './sources/source-settings-file.ts';
import { startDeskRules } from './rules/desk-rules.ts';
import { createStatusTeam } from './status-checker/status-team.ts';
import { DeskStatusChecker } from './status-checker/status-checker.ts';
import type { StatusSettingsFile } from './status-checker/status-settings-file.ts';
import type { StartStatusWorker } from './status-checker/status-worker.ts';
import { createNotices } from './notices.ts';
import { createAccountDoor } from './team/account-door.ts';
import { createStoredSites, type SitesDoor } from './sites/stored-sites.ts';
import { TeamConnection } from './team/team-connection.ts';
import type { TeamSettingsStore } from './team/team-settings.ts';
import type { RunningWall } from './wall/running-wall.ts';
import { WallOutputs, type OpenWallOutput, type WallOutputsParts } from './wall-outputs.ts';

/**
 * The desktop, without Electron: what it is made of and in which order. Electron's windows and processes come in through
 * the doors.
 *
 *     replica in SQLite ──views──▶ running walls (windows, tiles)         team's server, if there is one
 *            ▲         └──views──▶ control service ──events──▶ control window
 *            └──────────────commands──────────────────────────────┘
 */
export type DesktopDoors = {
  readonly openDatabase: () => Promise<Result<ReplicaDatabase, OpenFailure>>;
  readonly startDemoChannels: (port: number) => Promise<Result<DemoChannels, string>>;
  readonly openRunningWall: OpenWallOutput;
  readonly displays: WallOutputsParts['displays'];
  /** Where this machine remembers which walls stand on its screens. */
  readonly wallOutputs: WallOutputsParts['file'];
  readonly teamSettings: TeamSettingsStore;
  readonly delaySettings: DelaySettingsFile;
  readonly sites: SitesDoor;
  /** Where this machine remembers which lists it follows. */
  readonly sources: SourceSettingsFile;
  /** Where this machine remembers whether it looks who is live. */
  readonly statusSettings: StatusSettingsFile;
  readonly startStatusWorker: StartStatusWorker;
  readonly openSocket: SocketOpener;
  readonly timers: SyncTimers;
  readonly fetch: typeof fetch;
  /** Which port demo channels get on a first start. */
  readonly demoPort: number;
  readonly newWallId: () => WallId;
  readonly versions: ControlSnapshot['versions'];
  readonly clock: Clock;
};

export type Desktop = {
  readonly control: ControlService;
  /** Puts every wall on a screen that belongs there, unless it is there. */
  readonly showWalls: () => Promise<readonly RunningWall[]>;
  /** Stores what is under way and lets go of everything. */
  readonly close: () => Promise<void>;
};

/** How often a desk that is alone moves to the archive what is over. */
const RETIRE_EVERY_MS = 60 * 60 * 1000;

/** @returns or why it cannot run, in words; then nothing is left open */
export async function createDesktop(doors: DesktopDoors): Promise<Result<Desktop, string>> {
  const database = await doors.openDatabase();
  if (!database.ok) return fail(database.error.words);
  const desk = await openDesk(doors, database.value);
  if (!desk.ok) {
    await database.value.close();
    return desk;
  }
  return ok(assemble(doors, database.value, desk.value));
}

type Desk = {
  readonly replica: Replica;
  readonly wall: WallView;
  readonly demo: DemoChannels | undefined;
  readonly found: readonly Notice[];
};

async function openDesk(doors: DesktopDoors, database: ReplicaDatabase): Promise<Result<Desk, string>> {
  const replica = await openReplica({ ...database, actor: DESK, role: 'admin', clock: doors.clock });
  if (!replica.ok) return fail(replica.error.words);
  const first = { port: doors.demoPort, wall: doors.newWallId };
  const content = await findDeskContent(replica.value, doors.startDemoChannels, first);
  if (!content.ok) return content;
  const { demo, notices } = content.value;
  const wall = await replica.value.openWall(content.value.wall);
  if (wall.ok) return ok({ replica: replica.value, wall: wall.value, demo, found: notices });
  await demo?.stop();
  return fail(wall.error.words);
}

/** What stands on the screens, and who else is at the walls. */
function openWalls(doors: DesktopDoors, { replica, wall }: Desk) {
  const outputs = new WallOutputs({
    replica,
    firstWall: wall.id,
    open: doors.openRunningWall,
    file: doors.wallOutputs,
    displays: doors.displays,
  });
  const { timers, clock, newWallId: newMark } = doors;
  const role = (): Role => team.role();
  const delay = new DelayControl({
    ...{ file: doors.delaySettings, timers, nowMs: clock.nowMs, newMark },
    role,
  });
  const team: TeamConnection = new TeamConnection({
    replica,
    settings: doors.teamSettings,
    openSocket: doors.openSocket,
    timers: doors.timers,
    account: createAccountDoor(doors.fetch),
    clock: doors.clock,
    wall: wall.id,
    outputs,
    delay,
    alone: DESK,
  });
  return { outputs, team, delay, sites: createStoredSites(doors.sites, role) };
}

/** What looks after the list of streams. */
function openCare(doors: DesktopDoors, { replica, demo }: Desk, team: TeamConnection) {
  const { timers, clock } = doors;
  const { nowMs } = clock;
  const { fetch, newWallId: newId } = doors;
  const sources = new DataSources({ replica, file: doors.sources, timers, fetch, nowMs, newId });
  const status = new DeskStatusChecker({
    replica,
    file: doors.statusSettings,
    start: doors.startStatusWorker,
    team: createStatusTeam(team, clock),
    timers,
    nowMs,
  });
  const isAlone = (): boolean => team.state().type === 'alone';
  const stopRules = startDeskRules({ replica, timers, nowMs, isAlone });
  const { startDemoChannels: start, demoPort: port } = doors;
  const shelf = createDemoShelf({ replica, channels: demo, start, port });
  const retiring = setInterval(() => void replica.retire(), RETIRE_EVERY_MS);
  return {
    parts: { sources, status, shelf },
    close: async (): Promise<void> => {
      clearInterval(retiring);
      sources.close();
      await Promise.all([stopRules(), status.close()]);
    },
  };
}

function assemble(doors: DesktopDoors, database: ReplicaDatabase, desk: Desk): Desktop {
  const { replica, wall } = desk;
  const notices = createNotices(database, desk.found);
  const walls = openWalls(doors, desk);
  const care = openCare(doors, desk, walls.team);
  const control = createControlService({
    replica,
    wall,
    ...walls,
    ...care.parts,
    dismissNotice: (id) => {
      notices.dismiss(id);
      control.setNotices(notices.list());
    },
    versions: doors.versions,
    timers: doors.timers,
    nowMs: doors.clock.nowMs,
  });
  control.setNotices(notices.list());
  return {
    control,
    showWalls: async () => walls.outputs.showAtStart(),
    close: async () => {
      await Promise.all([walls.outputs.close(), care.close()]);
      for (const part of [walls.team, walls.delay, walls.sites, control]) part.close();
      await replica.close();
      await database.close();
      await care.parts.shelf.stop();
    },
  };
}
