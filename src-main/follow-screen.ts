import type { WallId } from '#shared/model/ids.ts';
import { USUAL_SHAPE, type ControlEvent } from '#shared/protocol/ipc-contract.ts';
import type { WallScreen } from './wall-screen.ts';

/** What one wall's screen has to say, as the control room is told of it; another wall's once it goes there. */
export type FollowedScreen = {
  readonly now: () => WallScreen;
  readonly wall: () => WallId;
  readonly go: (wall: WallId) => void;
  readonly stop: () => void;
};

export function followScreen(
  screenOf: (wall: WallId) => WallScreen,
  first: WallId,
  tell: (event: ControlEvent) => void,
): FollowedScreen {
  let wall = first;
  let stops = listen(screenOf(first), tell);
  const stop = (): void => {
    for (const each of stops) each();
    stops = [];
  };
  return {
    now: () => screenOf(wall),
    wall: () => wall,
    go: (next) => {
      if (next === wall) return;
      stop();
      wall = next;
      const screen = screenOf(next);
      tell({ type: 'shape', shape: screen.shape() ?? USUAL_SHAPE });
      tell({ type: 'reports', reports: screen.reports() });
      tell({ type: 'levels', levels: [] });
      stops = listen(screen, tell);
      tell({ type: 'stills', stills: screen.stills() });
    },
    stop,
  };
}

function listen(screen: WallScreen, tell: (event: ControlEvent) => void): (() => void)[] {
  return [
    screen.onReports((reports) => {
      tell({ type: 'reports', reports });
    }),
    screen.onShape((shape) => {
      tell({ type: 'shape', shape });
    }),
    screen.onStills((stills) => {
      tell({ type: 'stills', stills });
    }),
    screen.onLevels((levels) => {
      tell({ type: 'levels', levels });
    }),
  ];
}
