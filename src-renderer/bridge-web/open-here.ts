import type { ControlBridge } from '../bridge.ts';
import type { AccountDoor, Standing } from './account-door.ts';
import { createWebBridge } from './bridge-web.ts';
import { holdTab } from './hold-tab.ts';
import { messages } from './messages.ts';
import {
  keepAccount,
  keepName,
  keptName,
  openFirstWall,
  openWebReplica,
  type WebReplica,
} from './open-web-replica.ts';
import { createWebTeam, type WebTeam } from './web-team.ts';

/**
 *     opening ──▶ sign-in ──▶ meeting ──▶ open ──another tab took over──▶ taken-over ─┐
 *        │ ├────────────────────────────▶ open (offline, or no server)                 │
 *        │ ├──▶ elsewhere (another tab has it) ────────────────────────────────────────┼──go on here──▶ opening
 *        │ └──▶ failed ────────────────────────────────────────────────────────────────┘
 */
export type Phase =
  | { readonly kind: 'opening' | 'elsewhere' | 'taken-over' | 'meeting' }
  | { readonly kind: 'failed'; readonly words: string }
  | {
      readonly kind: 'sign-in';
      readonly mayWorkOffline: boolean;
      readonly onIn: (name: string) => void;
      readonly onOffline: () => void;
    }
  | { readonly kind: 'open'; readonly bridge: ControlBridge };

export type OpenHere = {
  readonly database: string;
  /** Takes the replica from the tab that has it. */
  readonly take: boolean;
  readonly version: string;
  readonly account: AccountDoor;
  readonly server: string;
  readonly show: (phase: Phase) => void;
};

/** Longer than this nobody waits for a server that does not answer. */
const MEETING_MS = 8_000;

/** Opens the replica in this tab, and the line to the server that the page came from. @returns how to close what was opened */
export async function openHere(here: OpenHere): Promise<() => Promise<void>> {
  const tab = await holdTab(here.database, here.take, navigator.locks).catch(() => null);
  if (tab === null) {
    here.show({ kind: 'elsewhere' });
    return () => Promise.resolve();
  }
  // Who one is at the server is asked while the replica is read.
  const asked = here.account.standing();
  const opened = await openWebReplica(here.database);
  if (!opened.ok) {
    tab.release();
    here.show({ kind: 'failed', words: opened.error });
    return () => Promise.resolve();
  }
  const entered: { team?: WebTeam | undefined } = {};
  let closing: Promise<void> | undefined;
  const close = () =>
    (closing ??= (async () => {
      entered.team?.close();
      await opened.value.replica.close();
      await opened.value.store.close();
      tab.release();
    })());
  void tab.lost.then(async () => {
    await close();
    here.show({ kind: 'taken-over' });
  });
  entered.team = await enter(opened.value, here, await asked, () => closing !== undefined);
  return close;
}

async function enter(
  web: WebReplica,
  here: OpenHere,
  standing: Standing,
  isClosed: () => boolean,
): Promise<WebTeam | undefined> {
  const { replica } = web;
  const holdsSomething = replica.sync.team() !== null || [...replica.catalogue().walls.values()].length > 0;
  if (isClosed()) return undefined;
  if (standing.type === 'no-server') {
    await showRoom(web, undefined, here);
    return undefined;
  }
  const team = createWebTeam({ replica, account: here.account, server: here.server });
  team.sync.onState(({ account }) => {
    if (account !== undefined) void keepAccount(web.store, account);
  });
  const goIn = async (name: string): Promise<void> => {
    void keepName(web.store, name);
    team.setName(name);
    team.sync.connect();
    if (!holdsSomething) {
      here.show({ kind: 'meeting' });
      await firstMeeting(team);
    }
    await showRoom(web, team, here);
  };
  if (standing.type === 'in') await goIn(standing.name);
  else if (standing.type === 'away') {
    team.setName(await keptName(web.store));
    team.sync.connect();
    await showRoom(web, team, here);
  } else {
    here.show({
      kind: 'sign-in',
      mayWorkOffline: holdsSomething,
      onIn: (name) => void goIn(name),
      onOffline: () => void showRoom(web, team, here),
    });
  }
  return team;
}

/** Until what the team has is here: the list of walls, and the first of them. */
async function firstMeeting(team: WebTeam): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, MEETING_MS);
    const look = (): void => {
      const { line } = team.sync.state();
      const isHere = line.type === 'in-step' || line.type === 'asking' || line.type === 'turned-away';
      if (!isHere) return;
      clearTimeout(timer);
      stop();
      resolve();
    };
    const stop = team.sync.onState(look);
    look();
  });
}

async function showRoom({ replica }: WebReplica, team: WebTeam | undefined, here: OpenHere): Promise<void> {
  const wall = await openFirstWall(replica);
  if (!wall.ok) return here.show({ kind: 'failed', words: wall.error || messages.cannotOpen.title });
  const leave = async () => {
    await here.account.logOut();
    location.reload();
  };
  const bridge = createWebBridge({ replica, wall: wall.value, team, version: here.version, leave });
  here.show({ kind: 'open', bridge });
}
