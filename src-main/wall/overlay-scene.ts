import type { StreamView, WallView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { OverlayScene, OverlayTile } from '#shared/protocol/wall-layers.ts';
import type { WallMarks } from '#shared/protocol/wall-output.ts';
import type { ConductedTile } from './tile-run.ts';
import { faultOf, retryAtMsOf } from './tile-lifecycle.ts';
import { reasonWords } from './tile-words.ts';

type DrawnTile = Pick<ConductedTile, 'tile' | 'life' | 'hasShown'>;

/** What is drawn over a wall: who each tile is, what is heard, what is hidden, and, whispered, what is wrong. */
export function overlayScene(
  wall: WallView,
  tiles: readonly DrawnTile[],
  streamOf: (id: StreamId) => StreamView | undefined,
  marks: WallMarks,
): OverlayScene {
  const background = new Set(wall.tiles.filter((tile) => tile.background).map(({ id }) => id));
  return {
    marks,
    censored: wall.censored,
    heardColour: wall.colours.heard,
    tiles: tiles.flatMap((conducted) => {
      const stream = streamOf(conducted.tile.stream);
      // A layer of the whole wall has no place of its own to be labelled in.
      if (stream === undefined || conducted.tile.source.type === 'layer') return [];
      const { id } = conducted.tile;
      const sound = wall.heard === id ? 'heard' : background.has(id) ? 'background' : 'silent';
      return [overlayTile(conducted, stream, sound)];
    }),
  };
}

function overlayTile(
  { tile, life, hasShown }: DrawnTile,
  stream: StreamView,
  sound: OverlayTile['sound'],
): OverlayTile {
  return {
    id: tile.id,
    rect: tile.rect,
    label: streamLabel(stream),
    labelPosition: stream.labelPosition ?? 'bottom-left',
    place: [stream.city, stream.region ?? stream.country]
      .map((part) => part?.trim())
      .filter(Boolean)
      .join(', '),
    platform: stream.platform,
    sound,
    blurred: tile.look.blurred,
    state: life.state,
    fault: faultOf(life),
    whisper: reasonWords(life),
    retryAtMs: retryAtMsOf(life),
    blank: !hasShown,
  };
}

/** What the wall calls a stream; never empty. */
export function streamLabel({ label, title, source, link }: StreamView): string {
  return label?.trim() || title?.trim() || source?.trim() || new URL(link).host.replace(/^www\./, '');
}
