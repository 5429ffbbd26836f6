import type { Clock } from '#shared/kernel/clock.ts';
import type { TileId } from '#shared/model/ids.ts';
import type { TileFault, TileReport } from '#shared/protocol/tile-report.ts';
import type { FrameCount, TileEvent } from '#shared/protocol/wall-layers.ts';
import type { HostedTile, TileHost } from './tile-host.ts';
import {
  deadlineMs,
  faultOf,
  nextLife,
  retryAtMsOf,
  startLife,
  type TileLife,
  type TileLifeEvent,
} from './tile-lifecycle.ts';
import { tileWords } from './tile-words.ts';
import type { After } from './timers.ts';

/** One tile of the wall and how it is doing. */
export type ConductedTile = {
  readonly tile: HostedTile;
  readonly life: TileLife;
  /** A frame of what it is to show was on the screen. */
  readonly hasShown: boolean;
  readonly frames: FrameCount;
  readonly report: TileReport;
};

/** One tile's life as it is lived: its timer set, its loads asked for, its report kept. */
export type TileRun = {
  readonly now: () => ConductedTile;
  /** Something else is to be shown, perhaps by another host. */
  readonly show: (tile: HostedTile, host: TileHost | null) => void;
  readonly adjust: (tile: HostedTile) => void;
  /** What is about another attempt than the present one falls aside. */
  readonly hear: (attempt: number, event: TileEvent) => void;
  readonly reload: () => void;
  readonly stop: () => void;
};

export type TileRunParts = {
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly after: After;
  /** The tile's state, or what it is, changed. */
  readonly onChange: () => void;
};

const NO_FRAMES: FrameCount = { shown: 0, dropped: 0 };

/** @param host null where nothing here can show it */
export function startTile(parts: TileRunParts, first: HostedTile, firstHost: TileHost | null): TileRun {
  const { clock, onChange } = parts;
  let now = beginning(first, clock.nowMs());
  let host = firstHost;
  let loadedAttempt = 0;

  const send = (event: TileLifeEvent): void => {
    live(nextLife(now.life, event, { nowMs: clock.nowMs(), dice: parts.random() }));
  };
  const alarm = createAlarm(parts, () => {
    send({ type: 'time' });
  });
  const load = (): void => {
    loadedAttempt = now.life.attempt;
    now = { ...now, frames: NO_FRAMES };
    if (host === null) send({ type: 'failed', fault: faultWithoutHost(now.tile) });
    else host.load(now.tile, loadedAttempt);
  };
  const hear = (event: TileEvent): void => {
    const isFirst = event.type === 'frames' && !now.hasShown;
    if (event.type === 'frames') now = { ...now, frames: event.frames, hasShown: true };
    send(event);
    if (isFirst) onChange();
  };
  /** Makes the world as this life says. */
  const live = (life: TileLife): void => {
    const before = now.life;
    now = { ...now, life };
    alarm.set(deadlineMs(life));
    if (before.state !== life.state || before.attempt !== life.attempt) {
      now = { ...now, report: reportOf(first.id, life, clock.nowMs()) };
      onChange();
    }
    if (life.state !== 'parked' && loadedAttempt !== life.attempt) load();
  };

  live(now.life);
  onChange();
  return {
    now: () => now,
    show: (tile, nextHost) => {
      if (host !== nextHost) host?.drop(tile.id);
      host = nextHost;
      now = { ...now, tile, hasShown: false };
      send({ type: 'reload' });
    },
    adjust: (tile) => {
      now = { ...now, tile };
      host?.adjust(tile);
      onChange();
    },
    hear: (attempt, event) => {
      if (attempt === now.life.attempt) hear(event);
    },
    reload: () => {
      send({ type: 'reload' });
    },
    stop: () => {
      alarm.set(null);
      host?.drop(now.tile.id);
    },
  };
}

const faultWithoutHost = ({ source }: HostedTile): TileFault =>
  source.type === 'fenced' ? 'private-address' : 'unsupported';

/** Rings once at a moment; setting it again forgets the one before. */
function createAlarm(
  { clock, after }: Pick<TileRunParts, 'clock' | 'after'>,
  ring: () => void,
): { readonly set: (atMs: number | null) => void } {
  let stop = (): void => undefined;
  return {
    set: (atMs) => {
      stop();
      stop = atMs === null ? () => undefined : after(Math.max(0, atMs - clock.nowMs()), ring);
    },
  };
}

function beginning(tile: HostedTile, nowMs: number): ConductedTile {
  const life = startLife(nowMs);
  return { tile, life, hasShown: false, frames: NO_FRAMES, report: reportOf(tile.id, life, nowMs) };
}

function reportOf(tile: TileId, life: TileLife, nowMs: number): TileReport {
  return {
    tile,
    state: life.state,
    fault: faultOf(life),
    words: tileWords(life, nowMs),
    sinceMs: life.sinceMs,
    retryAtMs: retryAtMsOf(life),
  };
}
