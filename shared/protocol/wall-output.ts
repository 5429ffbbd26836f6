import { z } from 'zod';
import { TileId, WallId } from '../model/ids.ts';

/**
 * The walls that stand on the screens of one machine, and where. Kept by that machine alone: another one has other
 * displays.
 */

/** In the system's own pixels: those of a display of twice the density are two of its dots wide. */
export const ScreenRect = z.strictObject({
  x: z.number().int().min(-32_768).max(32_767),
  y: z.number().int().min(-32_768).max(32_767),
  width: z.number().int().min(160).max(16_384),
  height: z.number().int().min(90).max(16_384),
});
export type ScreenRect = z.infer<typeof ScreenRect>;

/** A display as it is known again: by its number, or, plugged in elsewhere, by a name that no other has. */
export const DisplayRef = z.strictObject({ id: z.string().max(40), name: z.string().max(120) });
export type DisplayRef = z.infer<typeof DisplayRef>;

/** Where a wall is to stand. It is kept while its display is away. */
export const WallPlacement = z.strictObject({
  /** Null: the main one, whichever that is. */
  display: DisplayRef.nullable(),
  /** Where the picture is, from the top left of the display; null for a usual size in its middle. */
  rect: ScreenRect.nullable(),
  /** All of the display, whatever `rect` says for when it is not. */
  fullScreen: z.boolean(),
  /** Nothing around the picture: what a capture of the window shows is the wall alone. */
  frameless: z.boolean(),
});
export type WallPlacement = z.infer<typeof WallPlacement>;

/** A wall that was never placed: framed, of a usual size, in the middle of the main display. */
export const USUAL_PLACEMENT: WallPlacement = {
  display: null,
  rect: null,
  fullScreen: false,
  frameless: false,
};

/** A sound output of the machine, as its system calls it. */
export const SoundOutputName = z.string().min(1).max(200);

/** How a wall sounds on this machine. */
export const WallSound = z.strictObject({
  /** Null: the machine's usual one. A page's own player always sounds there. */
  output: SoundOutputName.nullable(),
  /** Streams that are heard are made about equally loud. */
  levelled: z.boolean(),
  /** Where a tile is played that somebody at this machine listens to alone; null: where the wall sounds. */
  headphones: SoundOutputName.nullable().default(null),
});
export type WallSound = z.infer<typeof WallSound>;

export const USUAL_SOUND: WallSound = { output: null, levelled: true, headphones: null };

export const SetWallSound = z.strictObject({ wall: WallId, sound: WallSound });
export type SetWallSound = z.infer<typeof SetWallSound>;

/** What is drawn over the tiles of a wall on this machine. Each can be switched off. */
export const WallMarks = z.strictObject({
  /** Who each tile is. Where its label stands is each stream's own. */
  labels: z.boolean(),
  places: z.boolean(),
  platforms: z.boolean(),
  /** The speaker and the glow of what is heard. */
  sound: z.boolean(),
  /** Why a tile does not play, and the shade over a picture that stands still. */
  troubles: z.boolean(),
  /** The sign over a tile that is blurred. The blur itself stays. */
  hidden: z.boolean(),
  /** The dark seam between pictures. */
  seams: z.boolean(),
  /** The time of day, in a corner of the wall. */
  clock: z.boolean(),
});
export type WallMarks = z.infer<typeof WallMarks>;

export const USUAL_MARKS: WallMarks = {
  labels: true,
  places: true,
  platforms: true,
  sound: true,
  troubles: true,
  hidden: true,
  seams: true,
  clock: false,
};

/** How a wall sounds on this machine, and what is drawn over it. */
export type WallDress = Readonly<{
  sound: WallSound;
  marks: WallMarks;
  /** The one tile that is played on this machine, whatever is heard on the wall; null: as the wall says. */
  solo: TileId | null;
}>;

/** On this machine only, and until its wall closes: the wall itself is not changed. */
export const SoloTile = z.strictObject({ wall: WallId, tile: TileId.nullable() });
export type SoloTile = z.infer<typeof SoloTile>;

export const SetWallMarks = z.strictObject({ wall: WallId, marks: WallMarks });
export type SetWallMarks = z.infer<typeof SetWallMarks>;

export const PlaceOnScreen = z.strictObject({ wall: WallId, placement: WallPlacement });
export type PlaceOnScreen = z.infer<typeof PlaceOnScreen>;

/** A display of this machine as it is now. */
export type DisplayView = Readonly<
  DisplayRef & {
    bounds: ScreenRect;
    /** What of it the system's own bars leave free. */
    workArea: ScreenRect;
    /** How many dots wide one of the system's pixels is. */
    scale: number;
    isPrimary: boolean;
  }
>;

/** A wall as it stands, or would stand, on this machine. */
export type WallOutputView = Readonly<{
  wall: WallId;
  isOpen: boolean;
  /** It is put on the screen whenever the program starts. */
  opensAtStart: boolean;
  placement: WallPlacement;
  sound: WallSound;
  marks: WallMarks;
  /** The tile that this machine plays alone. */
  solo: TileId | null;
  /** The sound output that was chosen is not there now; the wall sounds on the usual one until it is back. */
  isSoundAway: boolean;
  /** Its display is not there now; the wall stands on another until it is back. */
  isAway: boolean;
  /** Where its picture is; null while it is on no screen. */
  at: ScreenRect | null;
}>;

export type ScreensState = Readonly<{
  displays: readonly DisplayView[];
  outputs: readonly WallOutputView[];
}>;
