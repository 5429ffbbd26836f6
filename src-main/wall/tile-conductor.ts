import type { Clock } from '#shared/kernel/clock.ts';
import type { TileId } from '#shared/model/ids.ts';
import type { TileReport } from '#shared/protocol/tile-report.ts';
import type { FrameCount, TileSaid } from '#shared/protocol/wall-layers.ts';
import { planChanges, type TileChange } from './plan-wall-hosts.ts';
import type { HostedTile, TileHost, TileListener } from './tile-host.ts';
import {
  deadlineMs,
  faultOf,
  nextLife,
  retryAtMsOf,
  startLife,
  type TileLife,
  type TileLifeEvent,
} from './tile-lifecycle.ts';
import type { TileSource } from './tile-source.ts';
import { tileWords } from './tile-words.ts';
import type { After } from './timers.ts';

/** One tile of the wall and how it is doing. */
export type ConductedTile = {
  readonly tile: HostedTile;
  readonly life: TileLife;
  /** A frame of what it is to show was on the screen. */
  readonly hasShown: boolean;
  readonly frames: FrameCount;
};

/** Leads every tile of a wall through its life: the only place where a tile's state meets timers and hosts. */
export type TileConductor = {
  /** The tiles as they are to be from now on. */
  set(tiles: readonly HostedTile[]): void;
  /** Told by the hosts. What is about an earlier attempt, or a tile that is gone, falls aside. */
  readonly hear: TileListener;
  /** @returns false where there is no such tile */
  reload(tile: TileId): boolean;
  tiles(): readonly ConductedTile[];
  reports(): readonly TileReport[];
  close(): void;
};

export type ConductorParts = {
  /** Which host shows a source. */
  readonly hostFor: (source: TileSource) => TileHost | null;
  readonly clock: Clock;
  readonly random: () => number;
  readonly after: After;
  /** Some tile's state, or what it is, changed. */
  readonly onChange: () => void;
};

type Entry = {
  tile: HostedTile;
  life: TileLife;
  host: TileHost | null;
  loadedAttempt: number;
  hasShown: boolean;
  frames: FrameCount;
  report: TileReport;
  stopTimer: () => void;
};

const NO_FRAMES: FrameCount = { shown: 0, dropped: 0 };

export function createTileConductor(parts: ConductorParts): TileConductor {
  const { clock, after, onChange } = parts;
  const entries = new Map<TileId, Entry>();

  const send = (entry: Entry, event: TileLifeEvent): void => {
    const next = nextLife(entry.life, event, { nowMs: clock.nowMs(), dice: parts.random() });
    settle(entry, next);
  };

  /** Makes the world as the tile's life says: loaded under its attempt, a timer for its deadline, its report told. */
  const settle = (entry: Entry, next: TileLife): void => {
    const before = entry.life;
    entry.life = next;
    entry.stopTimer();
    if (next.state !== 'parked' && entry.loadedAttempt !== next.attempt) startLoading(entry);
    const atMs = deadlineMs(entry.life);
    entry.stopTimer =
      atMs === null
        ? () => undefined
        : after(Math.max(0, atMs - clock.nowMs()), () => {
            send(entry, { type: 'time' });
          });
    if (before.state !== entry.life.state || before.attempt !== entry.life.attempt) {
      entry.report = reportOf(entry, clock.nowMs());
      onChange();
    }
  };

  const startLoading = (entry: Entry): void => {
    entry.loadedAttempt = entry.life.attempt;
    entry.frames = NO_FRAMES;
    if (entry.host === null) {
      entry.life = nextLife(
        entry.life,
        { type: 'failed', fault: 'unsupported' },
        { nowMs: clock.nowMs(), dice: parts.random() },
      );
    } else {
      entry.host.load(entry.tile, entry.life.attempt);
    }
  };

  const show = (tile: HostedTile): void => {
    const known = entries.get(tile.id);
    const host = parts.hostFor(tile.source);
    if (known === undefined) {
      const entry = newEntry(tile, host, clock.nowMs());
      entries.set(tile.id, entry);
      settle(entry, entry.life);
      onChange();
      return;
    }
    if (known.host !== host) known.host?.drop(tile.id);
    Object.assign(known, { tile, host, hasShown: false });
    send(known, { type: 'reload' });
  };

  const drop = (id: TileId): void => {
    const entry = entries.get(id);
    if (entry === undefined) return;
    entry.stopTimer();
    entry.host?.drop(id);
    entries.delete(id);
    onChange();
  };

  const apply = (change: TileChange): void => {
    switch (change.type) {
      case 'show':
        show(change.tile);
        return;
      case 'adjust': {
        const entry = entries.get(change.tile.id);
        if (entry === undefined) return;
        entry.tile = change.tile;
        entry.host?.adjust(change.tile);
        onChange();
        return;
      }
      case 'drop':
        drop(change.id);
    }
  };

  return {
    set: (tiles) => {
      const before = [...entries.values()].map(({ tile }) => tile);
      for (const change of planChanges(before, tiles)) apply(change);
    },
    hear: (said) => {
      const entry = entries.get(said.tile);
      if (entry?.life.attempt === said.attempt) hearEntry(entry, said);
    },
    reload: (id) => {
      const entry = entries.get(id);
      if (entry !== undefined) send(entry, { type: 'reload' });
      return entry !== undefined;
    },
    tiles: () =>
      [...entries.values()].map(({ tile, life, hasShown, frames }) => ({ tile, life, hasShown, frames })),
    reports: () => [...entries.values()].map(({ report }) => report),
    close: () => {
      for (const id of [...entries.keys()]) drop(id);
    },
  };

  function hearEntry(entry: Entry, { event }: TileSaid): void {
    if (event.type === 'frames') {
      entry.frames = event.frames;
      const isFirst = !entry.hasShown;
      entry.hasShown = true;
      send(entry, { type: 'frames' });
      if (isFirst) onChange();
    } else {
      send(entry, event);
    }
  }
}

function newEntry(tile: HostedTile, host: TileHost | null, nowMs: number): Entry {
  const life = startLife(nowMs);
  const entry = {
    tile,
    host,
    life,
    loadedAttempt: 0,
    hasShown: false,
    frames: NO_FRAMES,
    stopTimer: () => undefined,
  };
  return { ...entry, report: reportOf(entry, nowMs) };
}

function reportOf({ tile, life }: Pick<Entry, 'tile' | 'life'>, nowMs: number): TileReport {
  return {
    tile: tile.id,
    state: life.state,
    fault: faultOf(life),
    words: tileWords(life, nowMs),
    sinceMs: life.sinceMs,
    retryAtMs: retryAtMsOf(life),
  };
}
