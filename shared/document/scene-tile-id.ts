import { TileId, type SceneId, type StreamId } from '../model/ids.ts';

/**
 * The id of a tile that a scene has to make. It follows from the scene and the stream, so that two desks that apply one
 * scene at once make one tile, not two. `isTaken` says which ids this wall has; `nth` counts the same stream in one scene.
 */
export function sceneTileId(scene: SceneId, stream: StreamId, isTaken: (id: TileId) => boolean): TileId {
  for (let nth = 0; ; nth++) {
    const text = `${scene}/${stream}/${nth}`;
    const id = TileId.parse(`s${hash(text, 0x811c9dc5)}${hash(text, 0x9747b28c)}`);
    if (!isTaken(id)) return id;
  }
}

/** FNV-1a, 32 bits in base 36: spreads names, keeps no secrets. */
function hash(text: string, seed: number): string {
  let value = seed;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return (value >>> 0).toString(36).padStart(7, '0');
}
