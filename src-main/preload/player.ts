import { openWallLayerDoor } from './wall-layer-door.ts';

openWallLayerDoor();
