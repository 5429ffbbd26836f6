import type { CatalogueView, TileView, WallView } from '#shared/document/view.ts';
import type { TileId } from '#shared/model/ids.ts';
import { StreamCode } from '#shared/model/stream.ts';

/**
 * A vote about what is heard. The first vote opens a window; when it closes, the tile with the most voters is heard.
 *
 *     closed ──first vote──▶ open until T ──T──▶ closed, with a winner or none
 */
export type Vote =
  | { readonly type: 'closed' }
  | {
      readonly type: 'open';
      readonly untilMs: number;
      /** One vote a person, in the order in which they last changed it. */
      readonly choices: ReadonlyMap<string, TileId>;
    };

export type VoteResult = { readonly tile: TileId; readonly votes: number; readonly voters: number };

/** No chat has more voters in half a minute. */
const MAX_VOTERS = 50_000;

/** A person votes, or votes otherwise than before. Without a tile nothing happens. */
export function castVote(
  vote: Vote,
  voter: string,
  tile: TileId | undefined,
  windowMs: number,
  nowMs: number,
): Vote {
  if (tile === undefined) return vote;
  const isOpen = vote.type === 'open' && nowMs < vote.untilMs;
  const choices = new Map(isOpen ? vote.choices : []);
  if (choices.size >= MAX_VOTERS && !choices.has(voter)) return vote;
  if (choices.get(voter) === tile) return vote;
  choices.delete(voter);
  choices.set(voter, tile);
  return { type: 'open', untilMs: isOpen ? vote.untilMs : nowMs + windowMs, choices };
}

/**
 * Closes the vote when its time has come. Only tiles that are on the wall now can win; of equals the one whose voters
 * were first.
 */
export function closeVote(
  vote: Vote,
  wall: Pick<WallView, 'tiles'>,
  least: number,
  nowMs: number,
): { readonly vote: Vote; readonly result: VoteResult | undefined } {
  if (vote.type === 'closed' || nowMs < vote.untilMs) return { vote, result: undefined };
  const counts = new Map<TileId, number>();
  for (const tile of vote.choices.values())
    if (wall.tiles.some(({ id }) => id === tile)) counts.set(tile, (counts.get(tile) ?? 0) + 1);
  const voters = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [winner] = [...counts].toSorted(([, a], [, b]) => b - a);
  const isEnough = winner !== undefined && voters >= least;
  return {
    vote: { type: 'closed' },
    result: isEnough ? { tile: winner[0], votes: winner[1], voters } : undefined,
  };
}

/** The tile that somebody means: by its stream's code, else by its number in reading order, from 1. */
export function readVote(
  text: string,
  command: string,
  wall: Pick<WallView, 'tiles'>,
  catalogue: Pick<CatalogueView, 'byCode' | 'resolve'>,
): TileView | undefined {
  const words = text.trim().slice(0, 60).split(/\s+/);
  if (words[0]?.toLowerCase() !== command) return undefined;
  const asked = words[1]?.toLowerCase().replace(/^#/, '') ?? '';
  const code = StreamCode.safeParse(asked);
  const stream = code.success ? catalogue.byCode(code.data) : undefined;
  const byCode = wall.tiles.find((tile) => stream !== undefined && catalogue.resolve(tile.stream) === stream);
  return byCode ?? (/^\d{1,3}$/.test(asked) ? wall.tiles[Number(asked) - 1] : undefined);
}
