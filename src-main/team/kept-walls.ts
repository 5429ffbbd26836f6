import type { WallId } from '#shared/model/ids.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { DocumentName } from '#shared/replica/replica-store.ts';
import type { SyncClient } from '#shared/replica/sync-client.ts';
import type { WallOutputs } from '../wall-outputs.ts';
import type { WallScreen } from '../wall-screen.ts';
import { tellOutcome } from './wall-signal-answers.ts';

/** More walls than anybody looks after; those beyond it are kept in step once there are fewer. */
const MAX_WALLS = 60;

export type KeptWallsParts = {
  readonly replica: Pick<Replica, 'catalogue' | 'onCatalogue'>;
  readonly sync: Pick<SyncClient, 'follow' | 'presence' | 'serveSignals'>;
  /** The wall that this desk began with. */
  readonly wall: WallId;
  /** What stands on its screens. */
  readonly outputs: Pick<WallOutputs, 'shown' | 'onState'> & {
    readonly screen: (wall: WallId) => Pick<WallScreen, 'signal'>;
  };
};

type KeptWallsEvents = {
  /** Another document is followed, or other walls are on the screens. */
  readonly onShown: () => void;
  readonly onPresence: () => void;
};

/** The documents of a team that a desk keeps in step: the catalogue and the walls that it lists. Those on its screens hear signals. */
export class KeptWalls {
  private readonly followed = new Map<DocumentName, () => void>();
  /** The walls on the screens here, which answer signals. */
  private readonly served = new Map<WallId, () => void>();
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

  /** Lets go of all, for a line that is closed by whoever opened it. */
  end(): void {
    for (const stop of this.stops) stop();
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
    const { sync, outputs } = this.parts;
    const shown = new Set(outputs.shown().filter((wall) => this.followed.has(`wall:${wall}`)));
    for (const [wall, stop] of this.served) {
      if (shown.has(wall)) continue;
      this.served.delete(wall);
      stop();
    }
    for (const wall of shown) {
      if (this.served.has(wall)) continue;
      const serve = sync.serveSignals(`wall:${wall}`, async ({ tile, signal }) =>
        tellOutcome(await outputs.screen(wall).signal(tile, signal)),
      );
      this.served.set(wall, serve);
    }
  }
}
