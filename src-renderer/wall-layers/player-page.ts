import type { TileId } from '#shared/model/ids.ts';
import { PlayerScene, type PlayerSaid } from '#shared/protocol/wall-layers.ts';
import { boundRequests } from './bounded-requests.ts';
import './player.css';
import { createSoundOutput } from './sound-output.ts';
import { createTileBox, type TileBox } from './tile-box.ts';
import { findWallLayerDoor } from './wall-layer-door.ts';

/** A player page: plays what main tells it, each tile in a box of its own, and says what becomes of them. */
function runPlayerPage(): void {
  boundRequests();
  const door = findWallLayerDoor();
  const say = (said: PlayerSaid): void => {
    door.say(said);
  };
  const boxes = new Map<TileId, TileBox>();
  const output = createSoundOutput((found) => {
    say({ type: 'sound-output', found });
  });
  door.onTold((message) => {
    const { tiles, output: name } = PlayerScene.parse(message);
    output.use(name);
    const listed = new Set(tiles.map(({ id }) => id));
    for (const [id, box] of boxes) {
      if (listed.has(id)) continue;
      box.close();
      boxes.delete(id);
    }
    for (const tile of tiles) {
      const box = boxes.get(tile.id);
      if (box !== undefined) {
        box.show(tile);
        continue;
      }
      const tell = createTileBox(tile, output, (attempt, event) => {
        say({ type: 'tile', said: { tile: tile.id, attempt, event } });
      });
      boxes.set(tile.id, tell);
    }
  });
  tellLevels(boxes, say);
  setInterval(() => {
    say({ type: 'alive' });
    for (const box of boxes.values()) box.tick();
  }, 500);
  say({ type: 'ready' });
}

const LEVELS_EVERY_MS = 200;

/** Says how loud the tiles are that are heard, and once more when none is. */
function tellLevels(boxes: ReadonlyMap<TileId, TileBox>, say: (said: PlayerSaid) => void): void {
  let hasSaid = false;
  setInterval(() => {
    const levels = [...boxes].flatMap(([tile, box]) => {
      const peak = box.listen(LEVELS_EVERY_MS);
      return peak === null ? [] : [{ tile, peak }];
    });
    if (levels.length > 0 || hasSaid) say({ type: 'levels', levels });
    hasSaid = levels.length > 0;
  }, LEVELS_EVERY_MS);
}

runPlayerPage();
