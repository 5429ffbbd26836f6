import { useEffect, useRef, useState } from 'react';
import type { TileView } from '#shared/document/view.ts';
import { useActions } from '../stores/control-context.tsx';

/** How often a moving slider is heard, in ms. */
const SEND_MS = 90;

/**
 * A tile's volume under the hand: the slider follows the hand, the wall follows the slider at an even pace, and the last
 * position always arrives. While the hand is on it, what others set does not pull it away.
 */
export function useVolume(tile: TileView) {
  const { wall } = useActions();
  const [held, setHeld] = useState<number | null>(null);
  const settled = useRef(0);
  const waiting = useRef<{ timer: number; volume: number } | null>(null);
  const send = (volume: number) => wall({ type: 'set-volume', tile: tile.id, volume });

  useEffect(() => () => window.clearTimeout(waiting.current?.timer), []);

  const onMove = (volume: number) => {
    settled.current++;
    setHeld(volume);
    if (waiting.current !== null) {
      waiting.current.volume = volume;
      return;
    }
    const timer = window.setTimeout(() => {
      const last = waiting.current?.volume;
      waiting.current = null;
      if (last !== undefined) void send(last);
    }, SEND_MS);
    waiting.current = { timer, volume };
  };
  const onSettle = (volume: number) => {
    window.clearTimeout(waiting.current?.timer);
    waiting.current = null;
    setHeld(volume);
    const mine = ++settled.current;
    // A key that is pressed again before the answer goes on from where the slider is, not from where the wall is.
    void send(volume).finally(() => mine === settled.current && setHeld(null));
  };
  return { volume: held ?? tile.volume, onMove, onSettle };
}
