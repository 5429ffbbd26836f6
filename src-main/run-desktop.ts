import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, Menu, session, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';
import { systemClock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { WallId } from '#shared/model/ids.ts';
import { openReplicaDatabase } from '#shared/replica/open-replica-database.ts';
import { openNodeSocket, systemTimers } from '#shared/replica/sync-websocket.ts';
import type { DesktopConfig } from './config.ts';
import { createDesktop, type Desktop } from './create-desktop.ts';
import { createDelaySettingsFile } from './delay/delay-settings-file.ts';
import { registerControlHandlers } from './ipc/register-handlers.ts';
import { startDemoProcess } from './processes/demo-channels-process.ts';
import { createStatusProcess } from './processes/status-worker-process.ts';
import { createStatusSettingsFile } from './status-checker/status-settings-file.ts';
import { createOpenedSites, type OpenedSites } from './sites/opened-sites.ts';
import { systemSealer } from './processes/safe-storage.ts';
import { createTeamSettingsFile } from './team/team-settings-file.ts';
import { createSourceSettingsFile } from './sources/source-settings-file.ts';
import { quietWarnings } from './quiet-warnings.ts';
import { appPage, serveAppPages } from './windows/app-pages.ts';
import { openControlWindow } from './windows/control-window.ts';
import { createSiteWindow } from './windows/site-window.ts';
import { electronDisplays } from './windows/displays.ts';
import { createWallOutputsFile } from './windows/wall-outputs-file.ts';
import { sitesStorage } from './wall/page-views-stored.ts';
import { openSitesSession } from './wall/page-views-session.ts';
import { openPlayerSession } from './wall/player-pages-session.ts';
import { createSiteHintsFile } from './wall/site-hints-file.ts';
import { openRunningWall, type RunningWall } from './wall/running-wall.ts';
import type { WallParts } from './wall/wall-parts.ts';

/** How long before the end a picture is taken of a wall of which not all tiles play. */
const PICTURE_BEFORE_END_MS = 2000;
const PICTURE_TIMEOUT_MS = 60_000;

const built = (path: string): string => join(import.meta.dirname, '..', path);

const log: Logger = {
  info: (message, details) => {
    console.log(message, ...(details === undefined ? [] : [details]));
  },
  warn: (message, details) => {
    console.warn(message, ...(details === undefined ? [] : [details]));
  },
  error: (message, details) => {
    console.error(message, ...(details === undefined ? [] : [details]));
  },
};

/** Runs the desktop in Electron: opens its windows, and ends when the last is closed or the system asks. */
export async function runDesktop(config: DesktopConfig): Promise<void> {
  removeMenu();
  quietWarnings(process, log);
  const pages = pageSource();
  const opened = createOpenedSites(join(config.dataFolder, 'log-ins.json'));
  const sessions = { sites: openSitesSession(Date.now, opened.note), player: openPlayerSession(Date.now) };
  for (const each of [session.defaultSession, sessions.player.session]) serveAppPages(each.protocol, pages);
  const desktop = await openDesktop(config, sessions, opened);
  const control = createControlDoor(desktop);
  endCleanly(desktop);
  app.on('second-instance', () => void bringForward(desktop, control));
  app.on('activate', () => void bringForward(desktop, control));
  const [walls] = await Promise.all([desktop.showWalls(), control.show()]);
  await obey(config, walls[0]);
}

/** The usual menu's keys would reload and close windows, and Alt, with which tiles are heard, would open it. */
function removeMenu(): void {
  const roles: MenuItemConstructorOptions[] = [
    { role: 'appMenu' },
    { role: 'editMenu' },
    { role: 'windowMenu' },
  ];
  // On a Mac, copying and pasting come from the menu.
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate(roles) : null);
}

async function openDesktop(
  config: DesktopConfig,
  sessions: WallParts['sessions'],
  opened: OpenedSites,
): Promise<Desktop> {
  const displays = electronDisplays();
  const desktop = await createDesktop({
    openDatabase: async () =>
      openReplicaDatabase({
        file: join(config.dataFolder, 'streamwall.db'),
        workerUrl: pathToFileURL(join(import.meta.dirname, 'compact-worker.js')),
        clock: systemClock,
        program: 'Streamwall',
      }),
    startDemoChannels: async (port) =>
      startDemoProcess({
        entry: join(import.meta.dirname, 'demo-channels-entry.js'),
        clipsFolder: join(app.getAppPath(), 'src-main/demo-channels/clips'),
        port,
      }),
    openRunningWall: async ({ isAlone, ...events }) =>
      openRunningWall({
        pages: { player: appPage('player'), overlay: appPage('overlay'), background: appPage('background') },
        preloads: {
          player: built('preload/player.cjs'),
          overlay: built('preload/overlay.cjs'),
          page: built('preload/page.cjs'),
        },
        sessions,
        tileHost: config.tileHost,
        displays,
        localRules: () => ({ hosts: config.localHosts, isAlone: isAlone() }),
        siteHints: createSiteHintsFile(join(config.dataFolder, 'site-hints.json'), log),
        clock: systemClock,
        log,
        ...events,
      }),
    displays,
    wallOutputs: createWallOutputsFile(join(config.dataFolder, 'screens.json'), log),
    teamSettings: createTeamSettingsFile(join(config.dataFolder, 'team.json'), systemSealer),
    delaySettings: createDelaySettingsFile(join(config.dataFolder, 'delay.json'), systemSealer),
    sources: createSourceSettingsFile(join(config.dataFolder, 'sources.json')),
    sites: { ...sitesStorage(sessions.sites.session, opened), ...createSiteWindow(sessions.sites) },
    statusSettings: createStatusSettingsFile(join(config.dataFolder, 'status.json')),
    startStatusWorker: createStatusProcess(join(import.meta.dirname, 'status-checker-entry.js')),
    openSocket: openNodeSocket,
    timers: systemTimers,
    fetch,
    demoPort: config.demoPort,
    newWallId: () => WallId.parse(randomBytes(8).toString('hex')),
    versions: { app: app.getVersion(), electron: process.versions.electron },
    clock: systemClock,
  });
  if (!desktop.ok) throw new Error(desktop.error);
  return desktop.value;
}

type ControlDoor = { readonly show: () => Promise<void> };

function createControlDoor(desktop: Desktop): ControlDoor {
  let window: BrowserWindow | undefined;
  registerControlHandlers({
    handlers: desktop.control.handlers,
    controlContents: () => window?.webContents,
    onEvent: desktop.control.onEvent,
    log,
  });
  return {
    show: async () => {
      if (window !== undefined) {
        window.show();
        return;
      }
      const onClosed = (): void => {
        window = undefined;
      };
      await openControlWindow({
        preload: built('preload/control.cjs'),
        onOpened: (opened) => {
          window = opened;
        },
        onClosed,
        onGone: (reason) => {
          log.warn('The page of the control window ended and is loaded again.', { reason });
        },
      });
    },
  };
}

async function bringForward(desktop: Desktop, control: ControlDoor): Promise<void> {
  await desktop.showWalls();
  await control.show();
}

/** Nothing is let go before what is under way is stored, however the end comes. */
function endCleanly(desktop: Desktop): void {
  let ending = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    desktop.close().then(
      () => {
        app.exit(0);
      },
      (error: unknown) => {
        log.error('Not everything could be closed.', { error: String(error) });
        app.exit(1);
      },
    );
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      app.quit();
    });
  }
}

/** Does what the command line asked for: a picture of the wall, an end after some time. */
async function obey(
  { exitAfterMs, screenshot }: DesktopConfig,
  wall: RunningWall | undefined,
): Promise<void> {
  if (screenshot !== undefined && wall === undefined)
    log.warn('No wall stands on a screen, so there is no picture of one.');
  const picture =
    screenshot === undefined || wall === undefined
      ? Promise.resolve()
      : takePicture(screenshot, exitAfterMs, wall);
  if (exitAfterMs !== undefined) {
    // A picture that is being taken then is finished first, on a machine that is slow at it.
    const late = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PICTURE_TIMEOUT_MS));
    setTimeout(() => {
      void Promise.race([picture.catch(() => undefined), late()]).then(() => {
        app.quit();
      });
    }, exitAfterMs);
  }
  await picture;
}

async function takePicture(
  screenshot: string,
  exitAfterMs: number | undefined,
  wall: RunningWall,
): Promise<void> {
  const patienceMs =
    exitAfterMs === undefined ? PICTURE_TIMEOUT_MS : Math.max(0, exitAfterMs - PICTURE_BEFORE_END_MS);
  const allPlay = await wall.whenAllPlay(patienceMs);
  if (!allPlay) log.warn('Not every tile plays yet; the picture is taken all the same.');
  await writeFile(screenshot, await wall.capture());
  log.info(`screenshot: ${screenshot}`);
}

function pageSource(): { readonly folder: string } | { readonly devServer: string } {
  const devServer = process.env['ELECTRON_RENDERER_URL'];
  return devServer === undefined || app.isPackaged ? { folder: built('renderer') } : { devServer };
}
