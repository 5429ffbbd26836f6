import type { TileId } from '../model/ids.ts';
import type { SignalAnswer } from '../protocol/sync-messages.ts';
import { MAX_STILL_LENGTH, STILL_WIDTH, type TileStill } from '../protocol/tile-still.ts';
import type { SyncTimers } from './sync-surroundings.ts';

/** Small stills of a wall that stands on a screen elsewhere, tile after tile, for as long as somebody looks. */
export type RemoteStillsParts = {
  readonly timers: SyncTimers;
  readonly nowMs: () => number;
  /** The tiles of the wall that is looked at; none while nobody looks. */
  readonly tiles: () => readonly TileId[];
  /** Asks whoever shows that wall. Never rejects. */
  readonly ask: (tile: TileId) => Promise<SignalAnswer>;
  readonly onStill: (still: TileStill) => void;
};

/** From the end of one round through all tiles to the beginning of the next. */
export const ROUND_MS = 4_000;
/** A wall that nobody shows, or that may not be looked at, is asked for this often. */
export const NOBODY_MS = 20_000;
/** So many are asked for at once. */
const AT_ONCE = 3;
/** No wall has more tiles than this. */
const MAX_TILES = 144;

/** @returns how to stop */
export function watchRemoteStills(parts: RemoteStillsParts): () => void {
  let isOver = false;
  let callOff = (): void => undefined;

  const askFor = async (left: TileId[]): Promise<boolean> => {
    for (let tile = left.shift(); tile !== undefined && !isOver; tile = left.shift()) {
      const answer = await parts.ask(tile);
      if (isOver) return true;
      if (answer.outcome === 'no-output' || answer.outcome === 'forbidden') {
        left.length = 0;
        return false;
      }
      const still = stillOf(tile, answer, parts.nowMs());
      if (still !== undefined) parts.onStill(still);
    }
    return true;
  };
  const round = async (): Promise<void> => {
    const left = parts.tiles().slice(0, MAX_TILES);
    const answered = await Promise.all(Array.from({ length: AT_ONCE }, async () => askFor(left)));
    if (isOver) return;
    callOff = parts.timers.after(answered.every(Boolean) ? ROUND_MS : NOBODY_MS, () => void round());
  };
  void round();
  return () => {
    isOver = true;
    callOff();
  };
}

/** What comes from elsewhere is no larger than a still may be. */
function stillOf(tile: TileId, { outcome, picture }: SignalAnswer, nowMs: number): TileStill | undefined {
  if (outcome !== 'done' || picture === undefined) return undefined;
  const image = jpegUrl(picture);
  if (image.length > MAX_STILL_LENGTH) return undefined;
  return { tile, takenAtMs: nowMs, width: STILL_WIDTH, height: Math.round((STILL_WIDTH * 9) / 16), image };
}

/** A JPEG as an image element takes it. */
export function jpegUrl(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return `data:image/jpeg;base64,${btoa(text)}`;
}
