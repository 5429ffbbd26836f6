import '@fontsource-variable/inter/index.css';
import '../ui/tokens.css';
import type { TileId } from '#shared/model/ids.ts';
import { OverlayScene, toldScene, type LayerSaid } from '#shared/protocol/wall-layers.ts';
import { createOverlayTile, type DrawnTile } from './overlay-tile.ts';
import './overlay.css';
import { findWallLayerDoor } from './wall-layer-door.ts';

/** What is drawn over the tiles of a wall. It takes no input and decides nothing. */
function runOverlayPage(): void {
  const door = findWallLayerDoor();
  const say = (said: LayerSaid): void => {
    door.say(said);
  };
  const drawn = new Map<TileId, DrawnTile>();
  const Told = toldScene(OverlayScene);
  const cover = document.createElement('div');
  cover.className = 'cover';
  document.body.append(cover);
  door.onTold((message) => {
    const { number, scene } = Told.parse(message);
    document.body.classList.toggle('censored', scene.censored);
    document.documentElement.style.setProperty('--wall-heard', scene.heardColour);
    drawTiles(drawn, scene);
    requestAnimationFrame(() => {
      say({ type: 'drawn', scene: number });
    });
  });
  setInterval(() => {
    for (const tile of drawn.values()) tile.countDown(Date.now());
  }, 250);
  say({ type: 'ready' });
}

function drawTiles(drawn: Map<TileId, DrawnTile>, scene: OverlayScene): void {
  const listed = new Set(scene.tiles.map(({ id }) => id));
  for (const [id, tile] of drawn) {
    if (listed.has(id)) continue;
    tile.element.remove();
    drawn.delete(id);
  }
  for (const tile of scene.tiles) {
    let known = drawn.get(tile.id);
    if (known === undefined) {
      known = createOverlayTile(tile.id);
      drawn.set(tile.id, known);
      document.body.append(known.element);
    }
    known.draw(tile);
    known.countDown(Date.now());
  }
}

runOverlayPage();
