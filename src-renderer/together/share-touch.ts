import type { ControlBridge } from '../bridge.ts';
import { groupBursts, type BurstTiming } from '../stores/group-bursts.ts';
import type { MirrorStore } from '../stores/mirror-store.ts';
import type { ScreenStore } from '../stores/screen-store.ts';
import { touchOf } from './touch-of.ts';

/** Often enough to see a drag move. */
const SHARE_MS = 80;

/** Shows the team where the hands of this screen are, while there is a team. @returns how to stop */
export function shareTouch(
  bridge: Pick<ControlBridge, 'touch'>,
  mirror: MirrorStore,
  screen: ScreenStore,
  timing: BurstTiming,
): () => void {
  let last = 'null';
  let stopped = false;
  const share = groupBursts<null>(
    () => {
      const { wall, team } = mirror.getState();
      if (stopped || team?.type !== 'member') return;
      const touch = touchOf(screen.getState(), wall);
      const text = JSON.stringify(touch);
      if (text === last) return;
      last = text;
      bridge.touch(touch);
    },
    timing,
    SHARE_MS,
  );
  const stop = screen.subscribe((now, before) => {
    const moved =
      now.cursor !== before.cursor ||
      now.drag !== before.drag ||
      now.activeStream !== before.activeStream ||
      now.editing !== before.editing ||
      now.code !== before.code;
    if (moved) share(null);
  });
  return () => {
    stopped = true;
    stop();
  };
}
