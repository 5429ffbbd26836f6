import type { Host } from './read-options.ts';
import type { Memory } from './read-process-cost.ts';
import type { FrameCount } from './wall-probe.ts';

/** What was seen of one wall. */
export type WallMeasured = {
  readonly tiles: number;
  /** Of each tile that played: how long after the start, ascending. */
  readonly firstFramesMs: readonly number[];
  /** How long the wall was watched, and what it used of the processors meanwhile. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly memory: Memory;
  readonly framesBefore: ReadonlyMap<string, FrameCount>;
  readonly framesAfter: ReadonlyMap<string, FrameCount>;
};

/** One wall in figures. Null where no tile played. */
export type WallFigures = {
  /** Of one core: 200 is two cores' worth. */
  readonly cpuPct: number;
  readonly pssMb: number;
  readonly firstFrameMs: number | null;
  /** Null as well when not every tile played. */
  readonly lastFrameMs: number | null;
  readonly dropPct: number | null;
};

export function toFigures(wall: WallMeasured): WallFigures {
  const frames = framesOfTiles(wall);
  const dropped = sum(frames.map((each) => each.dropped));
  const all = dropped + sum(frames.map((each) => each.shown));
  return {
    cpuPct: round((wall.cpuSeconds / wall.seconds) * 100, 1),
    pssMb: round(wall.memory.bytes / 1e6, 0),
    firstFrameMs: wall.firstFramesMs[0] ?? null,
    lastFrameMs: allPlayed(wall) ? (wall.firstFramesMs.at(-1) ?? null) : null,
    dropPct: all === 0 ? null : round((dropped / all) * 100, 2),
  };
}

export const allPlayed = (wall: WallMeasured): boolean => wall.firstFramesMs.length >= wall.tiles;

/**
 * Frames per tile while the wall was watched, in the order of the tiles' names. A video made anew counts from its start,
 * one that is gone as nothing.
 */
export function framesOfTiles({ framesBefore, framesAfter }: WallMeasured): readonly FrameCount[] {
  const since = (now = 0, before = 0): number => (now >= before ? now - before : now);
  return [...new Set([...framesBefore.keys(), ...framesAfter.keys()])]
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((tile) => {
      const [before, after] = [framesBefore.get(tile), framesAfter.get(tile)];
      return {
        shown: since(after?.shown, before?.shown),
        dropped: since(after?.dropped, before?.dropped),
      };
    });
}

/** One wall, and who showed its tiles. */
export type Measurement = { readonly host: Host; readonly wall: WallMeasured };

export const hostNames: Readonly<Record<Host, string>> = {
  player: 'shared player pages',
  views: 'a view per tile',
};

/** The line that programs read: figures by number of tiles and by host. */
export function toJson(measurements: readonly Measurement[]): string {
  const tiles: Record<string, Partial<Record<Host, WallFigures>>> = {};
  for (const { host, wall } of measurements)
    tiles[wall.tiles] = { ...tiles[wall.tiles], [host]: toFigures(wall) };
  return JSON.stringify({ tiles });
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

export function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
