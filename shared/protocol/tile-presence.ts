import { z } from 'zod';
import { TileId } from '../model/ids.ts';
import { TileFault, TileState, type TileReport } from './tile-report.ts';

const MAX_TILES = 144;
const MAX_WORDS = 160;
/** Well below what a server takes of one connection, beside a name and a touch. In characters of JSON. */
const MAX_LENGTH = 13_000;

const Other = z.tuple([
  TileId,
  TileState,
  TileFault.nullable(),
  z.string().max(MAX_WORDS),
  z.number(),
  z.number().nullable(),
]);
type Other = z.infer<typeof Other>;

/**
 * How the tiles of a wall are doing, as the machine whose screen it stands on says in the wall's presence: those that play,
 * and of the others what `TileReport` says. Only shown, never trusted, never stored.
 */
const ShownTiles = z.object({
  plays: z.array(TileId).max(MAX_TILES),
  others: z.array(Other).max(MAX_TILES),
});
export type ShownTiles = z.infer<typeof ShownTiles>;

/** What a wall tells of its tiles: as much of it as presence has room for, words last. */
export function showTiles(reports: readonly TileReport[]): ShownTiles {
  const told = reports.slice(0, MAX_TILES);
  const plays = told.filter(({ state }) => state === 'playing').map(({ tile }) => tile);
  const others = told
    .filter(({ state }) => state !== 'playing')
    .map(({ tile, state, fault, words, sinceMs, retryAtMs }): Other => {
      return [tile, state, fault, words.slice(0, MAX_WORDS), sinceMs, retryAtMs];
    });
  const shown = { plays, others };
  if (JSON.stringify(shown).length <= MAX_LENGTH) return shown;
  return {
    plays,
    others: others.map(([tile, state, fault, , sinceMs, retryAtMs]) => {
      return [tile, state, fault, '', sinceMs, retryAtMs];
    }),
  };
}

/** The worst first. */
const BY_GRAVITY: readonly TileState[] = [
  'failed',
  'retrying',
  'stalled',
  'offline',
  'parked',
  'waiting',
  'loading',
  'playing',
];

const WallOutput = z.object({
  name: z.string().max(80).optional(),
  shows: z.literal(true),
  tiles: ShownTiles,
});

/**
 * How the tiles of a wall are doing, by what everybody at it says of themselves. Of a tile on several screens it is told
 * how it does on the one where that is worst, and whose that is.
 */
export function readShownTiles(states: ReadonlyMap<number, unknown>): readonly TileReport[] {
  const outputs = [...states.entries()]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([, state]) => {
      const read = WallOutput.safeParse(state);
      return read.success ? [read.data] : [];
    });
  const reports = new Map<TileId, TileReport>();
  for (const { name, tiles } of outputs) {
    const whose = outputs.length > 1 && name !== undefined ? `${name}: ` : '';
    for (const report of reportsOf(tiles, whose)) {
      const known = reports.get(report.tile);
      if (known === undefined || isGraver(report, known)) reports.set(report.tile, report);
    }
  }
  return [...reports.values()];
}

const isGraver = (one: TileReport, other: TileReport): boolean =>
  BY_GRAVITY.indexOf(one.state) < BY_GRAVITY.indexOf(other.state);

function reportsOf({ plays, others }: ShownTiles, whose: string): readonly TileReport[] {
  const playing = { state: 'playing', fault: null, words: '', sinceMs: 0, retryAtMs: null } as const;
  return [
    ...plays.map((tile) => ({ tile, ...playing })),
    ...others.map(([tile, state, fault, told, sinceMs, retryAtMs]) => {
      const words = told === '' ? '' : whose + told;
      return { tile, state, fault, words, sinceMs, retryAtMs };
    }),
  ];
}
