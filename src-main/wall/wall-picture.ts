import type { BaseWindow } from 'electron';
import type { StreamView, WallView } from '#shared/document/view.ts';
import type { StreamId, TileId } from '#shared/model/ids.ts';
import type { TileReport } from '#shared/protocol/tile-report.ts';
import type { TileLevel, TileStill } from '#shared/protocol/tile-still.ts';
import { USUAL_MARKS, USUAL_SOUND, type WallDress } from '#shared/protocol/wall-output.ts';
import type { BackgroundScene, OverlayScene } from '#shared/protocol/wall-layers.ts';
import { captureStill } from './capture-tile.ts';
import { captureViews } from './layer-views-capture.ts';
import { createLayer } from './layer-views-layer.ts';
import { createLevels } from './levels.ts';
import { overlayScene } from './overlay-scene.ts';
import { hostedTiles } from './plan-wall-hosts.ts';
import { createStills, type Stills } from './stills.ts';
import { createThumbnails, type Thumbnails } from './thumbnails.ts';
import type { TileConductor } from './tile-conductor.ts';
import type { TileHost } from './tile-host.ts';
import { gather, systemAfter } from './timers.ts';
import type { PixelSize } from './wall-geometry.ts';
import { insideOf, type WallInside } from './wall-inside.ts';
import type { WallParts } from './wall-parts.ts';
import { createWallTiles } from './wall-tiles.ts';

/** All that is drawn in the window of a wall: tiles, and the layers over and beneath them. */
export type WallPicture = {
  readonly conductor: TileConductor;
  readonly stills: Stills;
  readonly thumbnail: Thumbnails;
  readonly onLevels: (listener: (levels: readonly TileLevel[]) => void) => () => void;
  readonly seen: TileHost['seen'];
  readonly show: (wall: WallView, streamOf: StreamOf) => void;
  /** How it sounds, and what is drawn over it, on this machine. */
  readonly dress: (dress: WallDress) => void;
  readonly size: () => PixelSize;
  /** The window has another size. */
  readonly resize: () => void;
  /** The whole wall as it is on the screen now, PNG. */
  readonly capture: () => Promise<Buffer>;
  readonly close: () => void;
};

export type StreamOf = (id: StreamId) => StreamView | undefined;

/** Changes within so long are told as one. */
const GATHER_MS = 30;
const DRAWN_TIMEOUT_MS = 2_000;

export function createWallPicture(
  parts: WallParts,
  window: BaseWindow,
  on: {
    readonly reports: (reports: readonly TileReport[]) => void;
    /** Whether the sound output that was chosen is there. */
    readonly soundOutput: (found: boolean) => void;
  },
): WallPicture {
  const inside = insideOf(window);
  const { overlay, background } = createLayers(parts, inside);
  let wall: WallView | undefined;
  let streamOf: StreamOf = () => undefined;
  let { sound, marks, solo }: WallDress = { sound: USUAL_SOUND, marks: USUAL_MARKS, solo: null };

  const told = gather(systemAfter, GATHER_MS, () => {
    if (wall === undefined) return;
    overlay.draw(overlayScene(wall, conductor.tiles(), streamOf, marks));
    background.draw({ colour: wall.colours.background });
    on.reports(conductor.reports());
  });
  const levels = createLevels();
  const output = { name: () => outputOf({ sound, solo }), hear: on.soundOutput };
  const { conductor, hosts, retell } = createWallTiles(parts, inside, told.now, levels.hear, output);
  const lay = (): void => {
    if (wall === undefined) return;
    conductor.set(hostedTiles(wall, streamOf, inside.wallSize(), parts.localRules(), { ...sound, solo }));
    told.now();
  };
  const seen = seenByAny(hosts);
  const pictures = createTileStills(parts, conductor, seen);
  return {
    conductor,
    ...pictures,
    onLevels: levels.onLevels,
    seen,
    show: (...next) => {
      [wall, streamOf] = next;
      lay();
    },
    dress: (next) => {
      ({ sound, marks, solo } = next);
      lay();
      retell();
    },
    size: inside.wallSize,
    resize: () => {
      for (const part of [overlay, background, ...hosts]) part.resize();
      lay();
    },
    capture: async () => {
      await Promise.all([overlay, background].map(async (layer) => layer.whenDrawn(DRAWN_TIMEOUT_MS)));
      return captureViews(inside.stack.views(), inside.wallSize());
    },
    close: () => {
      for (const part of [told, pictures.stills]) part.stop();
      for (const part of [conductor, ...hosts, overlay, background]) void part.close();
    },
  };
}

/** A tile that is listened to alone has headphones of its own, if the machine's person chose some. */
const outputOf = ({ sound, solo }: Pick<WallDress, 'sound' | 'solo'>): string | null =>
  solo === null ? sound.output : (sound.headphones ?? sound.output);

/** What lies over all tiles, and beneath them. */
function createLayers(parts: WallParts, inside: WallInside) {
  const layerParts = { ...parts, ...inside, preload: parts.preloads.overlay, after: systemAfter };
  return {
    overlay: createLayer<OverlayScene>(layerParts, 'overlay', parts.pages.overlay),
    background: createLayer<BackgroundScene>(layerParts, 'background', parts.pages.background),
  };
}

function seenByAny(hosts: readonly TileHost[]): TileHost['seen'] {
  return (id) => {
    for (const host of hosts) {
      const where = host.seen(id);
      if (where !== undefined) return where;
    }
    return undefined;
  };
}

/** Small pictures of the tiles that have shown something. */
function createTileStills(
  { clock }: WallParts,
  conductor: TileConductor,
  seen: TileHost['seen'],
): { readonly stills: Stills; readonly thumbnail: Thumbnails } {
  const take = async (tile: TileId): Promise<TileStill | null> => {
    const where = seen(tile);
    return where === undefined ? null : captureStill(tile, where, clock.nowMs);
  };
  const stills = createStills({
    after: systemAfter,
    tiles: () =>
      conductor
        .tiles()
        .filter(({ hasShown }) => hasShown)
        .map(({ tile }) => tile.id),
    take,
  });
  return { stills, thumbnail: createThumbnails({ newest: stills.newest, take, nowMs: clock.nowMs }) };
}
