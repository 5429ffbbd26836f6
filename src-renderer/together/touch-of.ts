import type { CellRect } from '#shared/model/tile.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { WallView } from '#shared/document/view.ts';
import type { Touch } from '#shared/protocol/team-presence.ts';
import type { ScreenState } from '../stores/screen-store.ts';
import type { Drop } from '../wall-grid/drop.ts';
import { spotOf } from '../wall-grid/stage-cursor.ts';
import { tileById } from '../wall-grid/wall-lookup.ts';

type Hands = Pick<ScreenState, 'cursor' | 'activeStream' | 'drag' | 'editing' | 'code'>;

/** What others are shown of this screen's hands; null while they are nowhere. */
export function touchOf(hands: Hands, wall: WallView): Touch | null {
  const at = placeOf(hands, wall);
  const ghost = hands.drag === null ? null : ghostOf(hands.drag.drop, wall);
  if (at === null && ghost === null) return null;
  return { wall: wall.id, at, ghost, typing: hands.code !== null || hands.editing !== null };
}

function placeOf({ cursor, activeStream, editing }: Hands, wall: WallView): Touch['at'] {
  const stream = editing?.stream ?? activeStream;
  if (stream !== null) return { kind: 'stream', stream };
  if (cursor === null) return null;
  const spot = spotOf(wall, cursor);
  if (spot.kind === 'tile') return { kind: 'tile', tile: spot.tile.id };
  return { kind: 'cell', x: spot.cell.x, y: spot.cell.y };
}

function ghostOf(drop: Drop, wall: WallView): { at: CellRect; stream: StreamId | null } | null {
  switch (drop.kind) {
    case 'place-stream':
    case 'put-stream':
      return { at: drop.at, stream: drop.stream };
    case 'place-tile':
    case 'swap':
      return { at: drop.at, stream: tileById(wall, drop.tile)?.stream ?? null };
    case 'bench':
    case 'nothing':
      return null;
  }
}
