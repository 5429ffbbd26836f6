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
  const clock = document.createElement('time');
  clock.className = 'clock';
  document.body.append(clock);
  door.onTold((message) => {
    const { number, scene } = Told.parse(message);
    document.body.classList.toggle('censored', scene.censored);
    for (const [mark, isOn] of Object.entries(scene.marks))
      document.body.classList.toggle(`no-${mark}`, !isOn);
    document.documentElement.style.setProperty('--wall-heard', scene.heardColour);
    drawTiles(drawn, scene);
    requestAnimationFrame(() => {
      say({ type: 'drawn', scene: number });
    });
  });
  setInterval(() => {
    for (const tile of drawn.values()) tile.countDown(Date.now());
    showTime(clock);
  }, 250);
  say({ type: 'ready' });
}

function showTime(clock: HTMLElement): void {
  const now = new Date().toLocaleTimeString([], {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  });
  if (clock.textContent !== now) clock.textContent = now;
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
