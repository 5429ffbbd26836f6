import type { StreamView, TileView, WallView } from '#shared/document/view.ts';
import { StreamId, TileId, WallId } from '#shared/model/ids.ts';
import { Link, StreamCode } from '#shared/model/stream.ts';
import type { LocalRules } from './local-sources.ts';
import type { HostedTile, TileHost } from './tile-host.ts';
import type { After } from './timers.ts';

/** For tests: walls and streams with only what matters said, and a world whose time is turned by hand. */

/** Nothing of the network around may be shown. */
export const NOTHING_LOCAL: LocalRules = { hosts: [], isAlone: false };

export function testStream(id: string, fields: Partial<Omit<StreamView, 'id'>> = {}): StreamView {
  return {
    id: StreamId.parse(id),
    code: StreamCode.parse('abc'),
    link: Link.parse(`https://example.com/${id}.m3u8`),
    platform: 'direct',
    kind: 'video',
    status: 'live',
    addedAt: 0,
    ...fields,
  };
}

export function testTile(id: string, fields: Partial<Omit<TileView, 'id'>> = {}): TileView {
  return {
    id: TileId.parse(id),
    stream: StreamId.parse(id),
    place: { x: 0, y: 0, w: 1, h: 1 },
    fit: 'cover',
    zoom: { factor: 1, panX: 0, panY: 0 },
    rotation: 0,
    volume: 1,
    background: false,
    heard: false,
    blurred: false,
    ...fields,
  };
}

export function testWall(tiles: readonly TileView[], fields: Partial<WallView> = {}): WallView {
  return {
    id: WallId.parse('main'),
    name: 'Wall',
    grid: { cols: 2, rows: 2 },
    colours: { background: '#000000', heard: '#ffb020' },
    tiles,
    bench: [],
    heard: tiles.find(({ heard }) => heard)?.id ?? null,
    censored: false,
    scenes: [],
    rules: [],
    takenOff: {},
    problems: [],
    problemCounts: {},
    ...fields,
  };
}

/** A clock, timers that fire when it is turned to them, and a host that notes what it is asked. */
export type TestWorld = {
  readonly clock: { readonly nowMs: () => number };
  readonly after: After;
  /** Turns the clock, firing what is due in its order. */
  readonly pass: (ms: number) => void;
  readonly pending: () => number;
  readonly host: TileHost & { readonly asked: string[]; readonly shown: ReadonlyMap<TileId, HostedTile> };
};

export function createTestWorld(): TestWorld {
  let nowMs = 1_000_000;
  const timers = new Set<{ readonly atMs: number; readonly call: () => void }>();
  const asked: string[] = [];
  const shown = new Map<TileId, HostedTile>();
  return {
    clock: { nowMs: () => nowMs },
    after: (delayMs, call) => {
      const timer = { atMs: nowMs + delayMs, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass: (ms) => {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = [...timers].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        timers.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.call();
      }
      nowMs = untilMs;
    },
    pending: () => timers.size,
    host: {
      asked,
      shown,
      load: (tile, attempt) => {
        asked.push(`load ${tile.id} ${String(attempt)}`);
        shown.set(tile.id, tile);
      },
      adjust: (tile) => {
        asked.push(`adjust ${tile.id}`);
        shown.set(tile.id, tile);
      },
      drop: (id) => {
        asked.push(`drop ${id}`);
        shown.delete(id);
      },
      seen: () => undefined,
      resize: () => undefined,
      close: async () => Promise.resolve(),
    },
  };
}
