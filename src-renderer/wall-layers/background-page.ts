import { BackgroundScene, toldScene, type LayerSaid } from '#shared/protocol/wall-layers.ts';
import { findWallLayerDoor } from './wall-layer-door.ts';

/** What lies beneath all tiles: one flat colour. */
function runBackgroundPage(): void {
  const door = findWallLayerDoor();
  const say = (said: LayerSaid): void => {
    door.say(said);
  };
  const Told = toldScene(BackgroundScene);
  door.onTold((message) => {
    const { number, scene } = Told.parse(message);
    document.documentElement.style.background = scene.colour;
    say({ type: 'drawn', scene: number });
  });
  say({ type: 'ready' });
}

runBackgroundPage();
