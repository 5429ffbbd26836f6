import type { Clock } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { WallArrangement } from '#shared/model/arrangement.ts';
import type { ActorId, WallId } from '#shared/model/ids.ts';
import type { Role } from '#shared/model/role.ts';
import type { Done, WallSignal } from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { SyncState } from '#shared/protocol/sync-state.ts';
import type { DismissRefused, JoinTeam, RefusedView, TeamState } from '#shared/protocol/team-state.ts';
import {
  NO_TEAM,
  readTeamHistory,
  readTeamMoment,
  type AskServer,
  type ReadHistory,
  type ReadMoment,
  type TeamChange,
} from '#shared/protocol/team-history.ts';
import { listPeople, type Touch } from '#shared/protocol/team-presence.ts';
import { createOwnPresence } from '#shared/replica/own-presence.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { DocumentName, RefusedEdit } from '#shared/replica/replica-store.ts';
import { readIntent } from '#shared/replica/intent.ts';
import { createSyncClient, type SyncClient } from '#shared/replica/sync-client.ts';
import type { SocketOpener, SyncTimers } from '#shared/replica/sync-surroundings.ts';
import { readWorkerPresence, type WorkerPresence } from '#shared/protocol/worker-presence.ts';
import { createListeners } from '#shared/kernel/listeners.ts';
import type { AccountDoor, LogIn, Session } from './account-door.ts';
import type { TeamSettings, TeamSettingsStore } from './team-settings.ts';
import { KeptWalls, type KeptWallsParts } from './kept-walls.ts';
import type { WallLine } from './remote-wall.ts';
import { createTeamPass } from './team-pass.ts';
import { hearAnswer } from './wall-signal-answers.ts';

export type TeamParts = Pick<KeptWallsParts, 'wall' | 'outputs' | 'delay'> & {
  readonly replica: Replica;
  readonly settings: TeamSettingsStore;
  readonly openSocket: SocketOpener;
  readonly timers: SyncTimers;
  readonly account: AccountDoor;
  readonly clock: Clock;
  /** Who is at the desk while it belongs to no team. */
  readonly alone: ActorId;
};

/**
 * A desk's team: alone ──join──▶ member ──leave──▶ alone, without a restart. As a member its catalogue and walls are kept in
 * step with the server, whenever there is a line, and the walls on its screens answer signals.
 */
export class TeamConnection {
  private settings: TeamSettings | undefined;
  private sync: SyncClient | undefined;
  private stops: (() => void)[] = [];
  private kept: KeptWalls | undefined;
  private refused: readonly RefusedView[] = [];
  private show: ReturnType<typeof createOwnPresence> | undefined;
  private ask: AskServer | undefined;
  private touched: Touch | null = null;
  private work: WorkerPresence | undefined;
  private readonly listeners = createListeners<TeamState>();
  private readonly parts: TeamParts;

  constructor(parts: TeamParts) {
    this.parts = parts;
    this.settings = parts.settings.read();
    const { settings } = this;
    if (settings === undefined) return;
    if (settings.account !== undefined) parts.replica.actAs(settings.account.actor, settings.account.role);
    this.open(settings);
  }

  state(): TeamState {
    const { settings, sync, refused } = this;
    if (settings === undefined || sync === undefined) return { type: 'alone' };
    return {
      type: 'member',
      server: settings.server,
      sync: this.remembering(sync.state()),
      refused,
      people: listPeople(this.followed().map((name) => sync.presence(name).others())),
      isKeySealed: this.parts.settings.isSealed(),
    };
  }

  /** What whoever sits here may do, as far as is known; alone, everything. */
  role(): Role {
    const state = this.state();
    return state.type === 'alone' ? 'admin' : (state.sync.account?.role ?? 'viewer');
  }

  /** @returns how to stop */
  onChange(listener: (state: TeamState) => void): () => void {
    return this.listeners.add(listener);
  }

  /** Leaves a team that was joined before only once the new one has let the person in. */
  async join(wanted: JoinTeam): Promise<Result<Done, Refusal>> {
    const { server, name } = wanted;
    const session = 'key' in wanted ? undefined : await this.enter(wanted);
    if (session?.ok === false) return session;
    const key = 'key' in wanted ? wanted.key : (session?.value.lasting ?? '');
    this.end();
    const settings: TeamSettings = { server, key, ...(name === undefined ? {} : { name }) };
    const kept = this.keep(settings);
    this.open(settings, session?.value);
    this.tell();
    return kept
      ? ok({})
      : ok({ words: 'The key could not be kept. It has to be given again after the next start.' });
  }

  private async enter(wanted: Exclude<JoinTeam, { key: string }>): Promise<Result<Session, Refusal>> {
    const { account } = this.parts;
    if (!('invite' in wanted)) return account.logIn(wanted.server, whoOf(wanted));
    const { server, invite: token, name, email, password } = wanted;
    return account.accept(server, {
      ...{ token, name },
      ...(email === undefined ? {} : { email }),
      ...(password === undefined ? {} : { password }),
    });
  }

  async leave(): Promise<Result<Done, Refusal>> {
    this.sync?.disconnect();
    const left = await this.parts.replica.sync.joinTeam(null);
    if (!left.ok) {
      this.sync?.connect();
      return fail({ reason: 'not-stored', message: left.error.words, retryable: true });
    }
    this.end();
    this.settings = undefined;
    this.keep(undefined);
    this.parts.replica.actAs(this.parts.alone, 'admin');
    this.tell();
    return ok({});
  }

  connect(isWanted: boolean): void {
    if (isWanted) this.sync?.connect();
    else this.sync?.disconnect();
  }

  async answerStore(answer: 'yes' | 'no'): Promise<void> {
    await this.sync?.answerStore(answer);
  }

  async dismissRefused({ document, n }: DismissRefused): Promise<void> {
    await this.parts.replica.dismissRefused(document, n);
    await this.readRefused();
  }

  /** Asks whoever in the team shows that wall. */
  async signal({ wall, ...wanted }: WallSignal): Promise<Result<Done, Refusal>> {
    return hearAnswer((await this.wallLine(wall)?.signal(wanted)) ?? { id: '', outcome: 'no-output' });
  }

  /** The way to others at a wall; undefined where there is none. */
  wallLine(wall: WallId): WallLine | undefined {
    const { sync } = this;
    const name: DocumentName = `wall:${wall}`;
    if (sync === undefined || !this.followed().includes(name)) return undefined;
    return { others: sync.presence(name).others, signal: async (wanted) => sync.signal(name, wanted) };
  }

  /** What was done to a wall, as the team's server keeps it. */
  async history(wanted: ReadHistory): Promise<Result<readonly TeamChange[], Refusal>> {
    return this.ask === undefined ? fail(NO_TEAM) : readTeamHistory(this.ask, wanted);
  }

  async moment(wanted: ReadMoment): Promise<Result<WallArrangement, Refusal>> {
    return this.ask === undefined ? fail(NO_TEAM) : readTeamMoment(this.ask, wanted);
  }

  /** How the team's server is asked; undefined where there is no team. */
  askServer(): AskServer | undefined {
    return this.ask;
  }

  /** Lets the others see where the hands of whoever is at this desk are. */
  touch(touch: Touch | null): void {
    this.touched = touch;
    this.showOwn();
  }

  /** What others at the catalogue show of checking streams. */
  workers(): readonly WorkerPresence[] {
    const others = this.sync?.presence('catalogue').others();
    return others === undefined ? [] : [...readWorkerPresence(others).values()];
  }

  /** Shows others what this desk does about checking streams, or asks for; what is named replaces what was shown. */
  showWork(work: WorkerPresence): void {
    this.work = { ...this.work, ...work };
    this.showOwn();
  }

  close(): void {
    this.end();
    this.listeners.clear();
  }

  private open(settings: TeamSettings, session?: Session): void {
    const { replica, openSocket, timers } = this.parts;
    this.settings = settings;
    const { server, key } = settings;
    const onLasting = (lasting: string): void => {
      if (this.settings?.server === server) this.keep({ ...this.settings, key: lasting });
    };
    const credentials = createTeamPass({ ...this.parts, server, key, onLasting }, session);
    const sync = createSyncClient({ replica, server, credentials, openSocket, timers });
    this.sync = sync;
    this.ask = async (path) => {
      const pass = await credentials();
      if (!('token' in pass)) throw new Error('no token');
      return this.parts.account.ask(server, pass.token, path);
    };
    this.show = createOwnPresence((name) => sync.presence(name));
    this.stops = [
      sync.onState((state) => this.note(state)),
      replica.sync.onUnsaved(({ replaced }) => {
        if (replaced) void this.readRefused();
      }),
    ];
    this.kept = new KeptWalls(
      { ...this.parts, sync },
      { onShown: () => this.showOwn(), onPresence: () => this.tell() },
    );
    this.kept.followAll();
    void this.readRefused();
    sync.connect();
  }

  private end(): void {
    for (const stop of this.stops.splice(0)) stop();
    this.kept?.end();
    this.kept = undefined;
    this.show = undefined;
    this.ask = undefined;
    this.sync?.close();
    this.sync = undefined;
  }

  private followed(): readonly DocumentName[] {
    return this.kept?.names() ?? [];
  }

  private showOwn(): void {
    const own = {
      name: this.settings?.name,
      touch: this.touched,
      shown: this.kept?.shown() ?? new Map(),
      delay: this.parts.delay.shown(),
      work: this.work,
    };
    this.show?.(this.followed(), own);
  }

  private note(state: SyncState): void {
    const { settings } = this;
    if (settings !== undefined && state.account !== undefined) {
      const { actor, role } = state.account;
      if (settings.account?.actor !== actor || settings.account.role !== role)
        this.keep({ ...settings, account: { actor, role } });
    }
    this.tell();
  }

  /** While the server has not said anything yet, what it said the last time holds. */
  private remembering(state: SyncState): SyncState {
    return { ...state, account: state.account ?? this.settings?.account };
  }

  /** @returns whether it is kept beyond this start */
  private keep(settings: TeamSettings | undefined): boolean {
    this.settings = settings;
    try {
      this.parts.settings.write(settings);
      return true;
    } catch {
      return false;
    }
  }

  private async readRefused(): Promise<void> {
    const refused = await this.parts.replica.refused();
    if (!refused.ok) return;
    this.refused = refused.value.map(viewOf);
    this.tell();
  }

  private tell(): void {
    this.listeners.tell(this.state());
  }
}

const whoOf = ({ email, password, code }: LogIn): LogIn => ({ email, password, code });

function viewOf({ document, n, reason, refusedAtMs, command }: RefusedEdit): RefusedView {
  return { document, n, what: nameOf(command), reason, atMs: refusedAtMs };
}

/** A word or two for what an edit was, as far as this program knows. */
function nameOf(intent: RefusedEdit['command']): string {
  const kept = readIntent(intent);
  if (kept === undefined) return 'an edit';
  return (kept.type === 'command' ? kept.command.command.type : kept.type).replaceAll('-', ' ');
}
