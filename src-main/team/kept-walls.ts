import type { WallId } from '#shared/model/ids.ts';
import { DELAY_SIGNAL } from '#shared/protocol/ipc-contract.ts';
import { showTiles, type ShownTiles } from '#shared/protocol/tile-presence.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { DocumentName } from '#shared/replica/replica-store.ts';
import type { SyncClient } from '#shared/replica/sync-client.ts';
import type { SyncTimers } from '#shared/replica/sync-surroundings.ts';
import type { DelayControl } from '../delay/delay-control.ts';
import type { WallOutputs } from '../wall-outputs.ts';
import type { WallScreen } from '../wall-screen.ts';
import { tellDelayed, tellOutcome } from './wall-signal-answers.ts';

/** More walls than anybody looks after; those beyond it are kept in step once there are fewer. */
const MAX_WALLS = 60;

/** Others hear of what tiles do no more often than this. */
const SHOW_MS = 500;

export type KeptWallsParts = {
  readonly replica: Pick<Replica, 'catalogue' | 'onCatalogue'>;
  readonly sync: Pick<SyncClient, 'follow' | 'presence' | 'serveSignals'>;
  readonly timers: SyncTimers;
  /** The wall that this desk began with. */
  readonly wall: WallId;
  /** What stands on its screens. */
  readonly outputs: Pick<WallOutputs, 'shown' | 'onState'> & {
    readonly screen: (wall: WallId) => Pick<WallScreen, 'signal' | 'reports' | 'onReports'>;
  };
  /** Its Streamdelay server. */
  readonly delay: Pick<DelayControl, 'shown' | 'obey' | 'onState'>;
};

type KeptWallsEvents = {
  /** Another document is followed, other walls are on the screens, or they or the broadcast are doing otherwise. */
  readonly onShown: () => void;
  readonly onPresence: () => void;
};

/**
 * The documents of a team that a desk keeps in step: the catalogue and the walls that it lists. Those on its screens hear
 * signals, and show how their tiles are doing.
 */
export class KeptWalls {
  private readonly followed = new Map<DocumentName, () => void>();
  /** The walls on the screens here, which answer signals. */
  private readonly served = new Map<WallId, () => void>();
  private callOff: (() => void) | undefined;
  private readonly stops: readonly (() => void)[];
  private readonly parts: KeptWallsParts;
  private readonly events: KeptWallsEvents;

  constructor(parts: KeptWallsParts, events: KeptWallsEvents) {
    this.parts = parts;
    this.events = events;
    this.stops = [
      parts.replica.onCatalogue(() => this.followAll()),
      parts.outputs.onState(() => {
        this.serveShown();
        events.onShown();
      }),
      parts.delay.onState(() => this.showSoon()),
    ];
  }

  /** The catalogue, and every wall that it lists; one that is archived is let go of. */
  followAll(): void {
    const { replica, wall } = this.parts;
    const walls = [...replica.catalogue().walls.values()].filter(({ archived }) => !archived);
    const wanted = new Set<DocumentName>(['catalogue', `wall:${wall}`]);
    for (const { id } of walls.slice(0, MAX_WALLS)) wanted.add(`wall:${id}`);
    for (const name of wanted) this.follow(name);
    for (const [name, unfollow] of this.followed) {
      if (wanted.has(name)) continue;
      this.followed.delete(name);
      unfollow();
    }
    this.serveShown();
  }

  names(): readonly DocumentName[] {
    return [...this.followed.keys()];
  }

  /** The walls on the screens here, and how their tiles are doing. */
  shown(): ReadonlyMap<WallId, ShownTiles> {
    const { outputs } = this.parts;
    return new Map(outputs.shown().map((wall) => [wall, showTiles(outputs.screen(wall).reports())]));
  }

  /** Lets go of all, for a line that is closed by whoever opened it. */
  end(): void {
    for (const stop of [...this.stops, ...this.served.values()]) stop();
    this.callOff?.();
    this.followed.clear();
    this.served.clear();
  }

  private follow(name: DocumentName): void {
    if (this.followed.has(name)) return;
    const { sync } = this.parts;
    this.followed.set(name, sync.follow(name));
    sync.presence(name).onChange(() => this.events.onPresence());
    this.events.onShown();
  }

  /** What stands on a screen here hears its signals, as long as it does. */
  private serveShown(): void {
    const { sync, outputs, delay } = this.parts;
    const shown = new Set(outputs.shown().filter((wall) => this.followed.has(`wall:${wall}`)));
    for (const [wall, stop] of this.served) {
      if (shown.has(wall)) continue;
      this.served.delete(wall);
      stop();
    }
    for (const wall of shown) {
      if (this.served.has(wall)) continue;
      const screen = outputs.screen(wall);
      const stops = [
        sync.serveSignals(`wall:${wall}`, async (asked) =>
          asked.signal === DELAY_SIGNAL
            ? tellDelayed(await delay.obey(asked.at, asked.wish))
            : tellOutcome(await screen.signal(asked.tile, asked.signal)),
        ),
        screen.onReports(() => this.showSoon()),
      ];
      this.served.set(wall, () => {
        for (const stop of stops) stop();
      });
    }
  }

  private showSoon(): void {
    this.callOff ??= this.parts.timers.after(SHOW_MS, () => {
      this.callOff = undefined;
      this.events.onShown();
    });
  }
}
