import { isStamp } from '../kernel/stamp.ts';
import type { StreamId, TileId } from '../model/ids.ts';
import { Grid } from '../model/tile.ts';
import { WallColours, WallName } from '../model/wall.ts';
import { isTime } from './field-checks.ts';
import type { Entries, ReportKey } from './flat-part.ts';
import { isId, readVolume } from './read-tile.ts';
import { valueOf } from './stored-value.ts';
import {
  BACKGROUND_PREFIX,
  BLUR_PREFIX,
  CENSOR_PREFIX,
  HEARD_KEY,
  VOLUME_PREFIX,
  TAKEN_OFF_PREFIX,
} from './wall-keys.ts';
import { DEFAULT_SETTINGS, type WallAudio, type WallSafety, type WallSettings } from './wall-state.ts';

/** Keys that this program does not know are a newer one's and are passed over in silence. */
export function readSettings(entries: Entries, report: ReportKey): WallSettings {
  const stored = new Map(entries);
  const read = <T>(key: string, schema: { safeParse: (value: unknown) => Parsed<T> }, otherwise: T): T => {
    if (!stored.has(key)) return otherwise;
    const parsed = schema.safeParse(valueOf(stored.get(key)));
    if (parsed.success) return parsed.data;
    report(key, 'it cannot be read');
    return otherwise;
  };
  return {
    name: read('name', WallName, DEFAULT_SETTINGS.name),
    grid: read('grid', Grid, DEFAULT_SETTINGS.grid),
    colours: read('colours', WallColours, DEFAULT_SETTINGS.colours),
    takenOff: readTakenOff(stored, report),
  };
}

function readTakenOff(entries: Entries, report: ReportKey): WallSettings['takenOff'] {
  const times: [StreamId, number][] = [];
  for (const [key, stored] of entries) {
    if (!key.startsWith(TAKEN_OFF_PREFIX)) continue;
    const stream = key.slice(TAKEN_OFF_PREFIX.length);
    const at = valueOf(stored);
    if (isId(stream) && isTime(at)) times.push([stream as StreamId, at as number]);
    else report(key, 'it cannot be read');
  }
  // In one order, whatever order they came in.
  times.sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(times);
}

type Parsed<T> = { readonly success: true; readonly data: T } | { readonly success: false };

/** What cannot be read is silent: nobody is heard by mistake, and a volume falls back to the stream's own. */
export function readAudio(entries: Entries, report: ReportKey): WallAudio {
  let heard: TileId | null = null;
  const background = new Set<TileId>();
  const volumes = new Map<TileId, number>();
  for (const [key, stored] of entries) {
    const value = valueOf(stored);
    if (key === HEARD_KEY) {
      if (isId(value)) heard = value as TileId;
      else if (value !== null) report(key, 'it cannot be read');
    } else if (key.startsWith(BACKGROUND_PREFIX)) {
      const tile = key.slice(BACKGROUND_PREFIX.length);
      if (isId(tile) && value === true) background.add(tile as TileId);
      else report(key, 'it cannot be read');
    } else if (key.startsWith(VOLUME_PREFIX)) {
      const tile = key.slice(VOLUME_PREFIX.length);
      const volume = readVolume(value);
      if (isId(tile) && volume !== null) volumes.set(tile as TileId, volume);
      else report(key, 'it cannot be read');
    }
  }
  return { heard, background, volumes };
}

/**
 * Errs on the safe side: a key covers whatever its value, and one whose stamp is malformed covers too. None is passed over
 * however many there are, for whoever uncovers must see all that they take away.
 */
export function readSafety(entries: Entries, report: ReportKey): WallSafety {
  const blurs = new Map<TileId, string[]>();
  const censors: string[] = [];
  for (const [key] of entries) {
    if (key.startsWith(CENSOR_PREFIX)) {
      if (!isStamp(key.slice(CENSOR_PREFIX.length))) report(key, UNREADABLE_STAMP);
      censors.push(key);
    } else if (key.startsWith(BLUR_PREFIX)) {
      const [tile = '', stamp] = key.slice(BLUR_PREFIX.length).split(':', 2);
      if (!isStamp(stamp)) report(key, UNREADABLE_STAMP);
      if (!isId(tile)) continue;
      const keys = blurs.get(tile as TileId);
      if (keys === undefined) blurs.set(tile as TileId, [key]);
      else keys.push(key);
    }
  }
  return { blurs, censors };
}

const UNREADABLE_STAMP = 'its stamp cannot be read; it covers all the same';
