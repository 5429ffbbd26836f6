import { z } from 'zod';
import { TileId } from '../model/ids.ts';
import { LabelPosition, Platform, Rotation } from '../model/stream.ts';
import { Fit, Volume, Zoom } from '../model/tile.ts';
import { Colour } from '../model/wall.ts';
import { TileFault, TileState } from './tile-report.ts';
import { TileLevel } from './tile-still.ts';
import { SoundOutputName, WallMarks } from './wall-output.ts';

/**
 * Everything that the main process and the pages of a wall say to each other. Main tells a page what is to be shown as
 * one whole, so that telling it again, or telling a page that was just replaced, is always right. A page answers with
 * events that name the tile and the attempt they are about; late ones are known by their attempt and fall aside.
 *
 * The preload inside third-party pages shares a process with those pages: what it says is parsed like anybody's word.
 */

/** The channel on which main tells a page, and the one on which a page answers. */
export const TELL_LAYER = 'wall-layer';
export const LAYER_SAID = 'wall-layer-said';
/** On which main tells a frame of somebody's page what is known of its site. */
export const TELL_HINTS = 'wall-hints';

/** In CSS pixels from the top left of the page. Tiles of one wall share edges exactly. */
export const PixelRect = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().nonnegative(),
  height: z.number().int().nonnegative(),
});
export type PixelRect = z.infer<typeof PixelRect>;

/** How direct media is played. */
export const MediaFormat = z.enum(['hls', 'dash', 'whep', 'file']);
export type MediaFormat = z.infer<typeof MediaFormat>;

/** How a picture stands in its tile, and what is done to it. */
export const TileLook = z.strictObject({ fit: Fit, zoom: Zoom, rotation: Rotation, blurred: z.boolean() });
export type TileLook = z.infer<typeof TileLook>;

/** `audible` is the truth; the volume of a tile that is not audible is kept for when it is. */
export const TileSound = z.strictObject({
  audible: z.boolean(),
  volume: Volume,
  /** As loud as the others, as far as that can be done to it; the volume comes on top. */
  levelled: z.boolean(),
});
export type TileSound = z.infer<typeof TileSound>;

/** Counts up each time a tile is to be loaded afresh. */
export const Attempt = z.number().int().nonnegative();

// ---- the player page -------------------------------------------------------------------------------------------------

export const PlayerTile = z.strictObject({
  id: TileId,
  url: z.string(),
  format: MediaFormat,
  attempt: Attempt,
  rect: PixelRect,
  look: TileLook,
  sound: TileSound,
});
export type PlayerTile = z.infer<typeof PlayerTile>;

/** All that one player page plays; what is not listed is not there any more. */
export const PlayerScene = z.strictObject({
  tiles: z.array(PlayerTile),
  /** On which of the machine's sound outputs, by name; null for the usual one. */
  output: SoundOutputName.nullable(),
});
export type PlayerScene = z.infer<typeof PlayerScene>;

/** Frames since the attempt began. For sound without a picture, tenths of a second heard count as frames. */
export const FrameCount = z.strictObject({
  shown: z.number().int().nonnegative(),
  dropped: z.number().int().nonnegative(),
});
export type FrameCount = z.infer<typeof FrameCount>;

/** What becomes of one attempt to show a tile. */
export const TileEvent = z.discriminatedUnion('type', [
  /** The source is there: a playlist or file that can be read, a page that is built up. Now a picture is waited for. */
  z.strictObject({ type: z.literal('answered') }),
  /** New frames were shown since the last such event; the first one also says that the tile plays. */
  z.strictObject({ type: z.literal('frames'), frames: FrameCount }),
  /** A broadcast said that it is over. */
  z.strictObject({ type: z.literal('ended') }),
  z.strictObject({ type: z.literal('failed'), fault: TileFault }),
]);
export type TileEvent = z.infer<typeof TileEvent>;

export const TileSaid = z.strictObject({ tile: TileId, attempt: Attempt, event: TileEvent });
export type TileSaid = z.infer<typeof TileSaid>;

export const PlayerSaid = z.discriminatedUnion('type', [
  /** The page runs and wants its scene; said once a page load. */
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('tile'), said: TileSaid }),
  /** How loud each tile is that is heard, several times a second; empty once when none is any more. */
  z.strictObject({ type: z.literal('levels'), levels: z.array(TileLevel).max(64) }),
  /** Whether the sound output that it was told to play on is there. */
  z.strictObject({ type: z.literal('sound-output'), found: z.boolean() }),
  /** Said twice a second whatever the tiles do: a page that stops saying it hangs. */
  z.strictObject({ type: z.literal('alive') }),
]);
export type PlayerSaid = z.infer<typeof PlayerSaid>;

// ---- the overlay and the background ----------------------------------------------------------------------------------

/** What is drawn over one tile. Empty words are not drawn. */
export const OverlayTile = z.strictObject({
  id: TileId,
  rect: PixelRect,
  label: z.string(),
  labelPosition: LabelPosition,
  place: z.string(),
  platform: Platform,
  sound: z.enum(['heard', 'background', 'silent']),
  blurred: z.boolean(),
  state: TileState,
  fault: TileFault.nullable(),
  /** Why it does not play and what is done about it, without the time of the next try. */
  whisper: z.string(),
  /** When it is tried again, ms since 1970 UTC. */
  retryAtMs: z.number().nullable(),
  /** No frame of it was ever shown: there is nothing beneath to be seen. */
  blank: z.boolean(),
});
export type OverlayTile = z.infer<typeof OverlayTile>;

export const OverlayScene = z.strictObject({
  tiles: z.array(OverlayTile),
  /** What of all this is drawn. */
  marks: WallMarks,
  censored: z.boolean(),
  heardColour: Colour,
});
export type OverlayScene = z.infer<typeof OverlayScene>;

export const BackgroundScene = z.strictObject({ colour: Colour });
export type BackgroundScene = z.infer<typeof BackgroundScene>;

export const LayerSaid = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** The scene of this number is drawn. */
  z.strictObject({ type: z.literal('drawn'), scene: z.number().int() }),
]);
export type LayerSaid = z.infer<typeof LayerSaid>;

/** A scene as it is told, with a number that the page gives back once it is on the screen. */
export const toldScene = <S extends z.ZodType>(scene: S) =>
  z.strictObject({ number: z.number().int(), scene });

// ---- the preload inside third-party pages ----------------------------------------------------------------------------

/** What one frame of a page is to do now. */
export const FrameOrder = z.strictObject({
  attempt: Attempt,
  /** `show-page`: leave all as it is. `search`: look for media. `fill`: your best media fills you. `carry`: the frame that proves itself with `token` fills you. `rest`: you are not seen. */
  role: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('show-page') }),
    z.strictObject({ type: z.literal('search') }),
    z.strictObject({ type: z.literal('fill') }),
    z.strictObject({ type: z.literal('rest') }),
    z.strictObject({ type: z.literal('carry'), token: z.string().max(64) }),
  ]),
  /** Said to the parent frame when that is to carry this one. */
  token: z.string().max(64).nullable(),
  look: TileLook,
  sound: TileSound,
});
export type FrameOrder = z.infer<typeof FrameOrder>;

/** What may be pressed in a frame: by CSS selector, or by the words that are the whole of a button's text, in lower case. */
export const FrameHints = z.strictObject({
  consent: z.array(z.string()),
  play: z.array(z.string()),
  words: z.strictObject({ consent: z.array(z.string()), play: z.array(z.string()) }),
});
export type FrameHints = z.infer<typeof FrameHints>;

/** The best media that a frame has: compared across the frames of a page by area on screen, playing first. */
export const FrameCandidate = z.strictObject({
  kind: z.enum(['video', 'audio']),
  /** Square pixels of the element as laid out, and of the picture itself; 0 where there is none. */
  area: z.number().nonnegative(),
  pictureArea: z.number().nonnegative(),
  playing: z.boolean(),
  /** The page means it to play, whether it does already or not. */
  meant: z.boolean(),
});
export type FrameCandidate = z.infer<typeof FrameCandidate>;

export const FrameSaid = z.discriminatedUnion('type', [
  /** A document began in this frame; it hides all until it has its order. */
  z.strictObject({ type: z.literal('hello') }),
  z.strictObject({ type: z.literal('candidate'), candidate: FrameCandidate.nullable() }),
  z.strictObject({ type: z.literal('event'), attempt: Attempt, event: TileEvent }),
  /** How loud the media that fills the frame is, several times a second while it is heard; null once when it no longer is. */
  z.strictObject({ type: z.literal('level'), peak: z.number().min(0).max(1).nullable() }),
]);
export type FrameSaid = z.infer<typeof FrameSaid>;
