import type { TileId } from '#shared/model/ids.ts';
import type { TileReport } from '#shared/protocol/tile-report.ts';
import { planChanges, type TileChange } from './plan-wall-hosts.ts';
import type { HostedTile, TileHost, TileListener } from './tile-host.ts';
import { startTile, type ConductedTile, type TileRun, type TileRunParts } from './tile-run.ts';
import type { TileSource } from './tile-source.ts';

/** Leads every tile of a wall through its life: the only place where a tile's state meets timers and hosts. */
export type TileConductor = {
  /** The tiles as they are to be from now on. */
  readonly set: (tiles: readonly HostedTile[]) => void;
  /** Told by the hosts. What is about an earlier attempt, or a tile that is gone, falls aside. */
  readonly hear: TileListener;
  /** @returns false where there is no such tile */
  readonly reload: (tile: TileId) => boolean;
  readonly tiles: () => readonly ConductedTile[];
  readonly reports: () => readonly TileReport[];
  readonly close: () => void;
};

export type ConductorParts = TileRunParts & {
  /** Which host shows a source; null where none can. */
  readonly hostFor: (source: TileSource) => TileHost | null;
};

export function createTileConductor(parts: ConductorParts): TileConductor {
  const runs = new Map<TileId, TileRun>();

  const drop = (id: TileId): void => {
    runs.get(id)?.stop();
    if (runs.delete(id)) parts.onChange();
  };
  const apply = (change: TileChange): void => {
    switch (change.type) {
      case 'show': {
        const { tile } = change;
        const host = parts.hostFor(tile.source);
        const run = runs.get(tile.id);
        if (run === undefined) runs.set(tile.id, startTile(parts, tile, host));
        else run.show(tile, host);
        return;
      }
      case 'adjust':
        runs.get(change.tile.id)?.adjust(change.tile);
        return;
      case 'drop':
        drop(change.id);
    }
  };

  return {
    set: (tiles) => {
      const before = [...runs.values()].map((run) => run.now().tile);
      for (const change of planChanges(before, tiles)) apply(change);
    },
    hear: ({ tile, attempt, event }) => runs.get(tile)?.hear(attempt, event),
    reload: (id) => {
      runs.get(id)?.reload();
      return runs.has(id);
    },
    tiles: () => [...runs.values()].map((run) => run.now()),
    reports: () => [...runs.values()].map((run) => run.now().report),
    close: () => {
      for (const id of [...runs.keys()]) drop(id);
    },
  };
}
