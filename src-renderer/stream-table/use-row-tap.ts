import { useEffect, useRef, type PointerEvent } from 'react';

/** A finger that moves on is scrolling, one that rests begins to drag. */
const MOST_PIXELS = 8;
const MOST_MS = 220;

type Press = Readonly<{ x: number; y: number; atMs: number }>;

/**
 * Tells of a finger that taps. The gesture that drags rows waits until a finger rests, and takes the click of one that does
 * not for the end of something else, so a quick tap is heard here and nowhere else.
 */
export function useRowTap(onTap: (target: EventTarget) => void) {
  const press = useRef<Press | null>(null);
  const tapped = useRef<EventTarget | null>(null);
  const tell = useRef(onTap);
  useEffect(() => {
    tell.current = onTap;
  });
  useEffect(() => {
    // The click comes last, after the focus has moved: a menu that opens before would lose it, and close.
    const onClick = (): void => {
      const target = tapped.current;
      tapped.current = null;
      if (target !== null) setTimeout(() => tell.current(target), 0);
    };
    window.addEventListener('click', onClick, { capture: true });
    return () => window.removeEventListener('click', onClick, { capture: true });
  }, []);
  return {
    onPointerDownCapture: (event: PointerEvent) => {
      const { pointerType, isPrimary, clientX: x, clientY: y, timeStamp: atMs } = event;
      press.current = pointerType === 'touch' && isPrimary ? { x, y, atMs } : null;
      tapped.current = null;
    },
    onPointerUpCapture: (event: PointerEvent) => {
      const ended = { x: event.clientX, y: event.clientY, atMs: event.timeStamp };
      if (press.current !== null && isTap(press.current, ended)) tapped.current = event.target;
      press.current = null;
    },
  };
}

export function isTap(began: Press, ended: Press): boolean {
  const moved = Math.hypot(ended.x - began.x, ended.y - began.y);
  return moved <= MOST_PIXELS && ended.atMs - began.atMs < MOST_MS;
}
