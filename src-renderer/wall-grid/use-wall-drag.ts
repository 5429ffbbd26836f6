import { useDrag } from '@use-gesture/react';
import { useCallback, useEffect, useRef } from 'react';
import { useControl } from '../stores/control-context.tsx';
import { decideDrop } from './decide-drop.ts';
import type { DragSubject, DropTarget } from './drop.ts';
import { messages } from './messages.ts';
import { stageBox, stageCellAt } from './stage-element.ts';
import { cellAt, nearestCell, type Cell } from './stage-geometry.ts';
import type { Grid } from '#shared/model/tile.ts';

/**
 * Makes an element something that can be dragged onto the wall or the bench. While it is in the hand the screen's
 * `drag` says what letting go would do; Escape lets go without doing it. `subjectAt` gets the cell of the stage where
 * it was taken, null beside the stage, and the very element; it answers null for what cannot be dragged.
 */
export function useWallDrag(
  subjectAt: (cell: Cell | null, target: EventTarget | null) => DragSubject | null,
  options: { readonly inScroller?: boolean } = {},
) {
  const { mirror, screen, actions } = useControl();
  const held = useRef<Hold | null>(null);
  const letGo = useCallback(() => {
    held.current?.release();
    held.current = null;
    screen.setState({ drag: null });
  }, [screen]);
  // What is dragged may leave the page while it is in the hand: somebody else removed it.
  useEffect(() => () => void (held.current !== null && letGo()), [letGo]);

  return useDrag(
    ({ first, last, canceled, cancel, initial, xy, event }) => {
      const { wall } = mirror.getState();
      const pointer = { x: xy[0], y: xy[1] };
      if (first) {
        const subject = subjectAt(stageCellAt({ x: initial[0], y: initial[1] }, wall.grid), event.target);
        if (subject === null) return cancel();
        held.current = hold(subject, cancel, letGo);
      }
      if (held.current === null) return;
      const { subject } = held.current;
      const drop = decideDrop(wall, subject, targetAt(pointer, subject, wall.grid));
      if (!last) return screen.setState({ drag: { subject, pointer, drop } });
      letGo();
      if (canceled) return;
      if (drop.kind === 'place-stream' || drop.kind === 'put-stream' || drop.kind === 'swap') {
        screen.setState({ cursor: { x: drop.at.x, y: drop.at.y, tile: null } });
      }
      void actions.drop(drop).then((outcome) => {
        if (outcome?.ok === true && drop.kind === 'place-tile' && drop.displaced.length > 0) {
          actions.say(messages.displaced(drop.displaced.length), 'info', true);
        }
      });
    },
    {
      threshold: 4,
      filterTaps: true,
      pointer: { keys: false },
      // In a list that scrolls, a finger drags only after it has rested.
      ...(options.inScroller === true && { preventScroll: 220 }),
    },
  );
}

/** What is under the pointer. An edge follows the pointer beyond the stage, everything else stops there. */
function targetAt(point: Cell, subject: DragSubject, grid: Grid): DropTarget {
  const stage = stageBox();
  if (stage === null) return { kind: 'nowhere' };
  if (subject.kind === 'edge') return { kind: 'cell', cell: nearestCell(point, stage, grid) };
  const cell = cellAt(point, stage, grid);
  if (cell !== null) return { kind: 'cell', cell };
  const under = document.elementFromPoint(point.x, point.y)?.closest(`[data-drop='bench']`);
  return { kind: under === null || under === undefined ? 'nowhere' : 'bench' };
}

/** Something in the hand; `release` stops listening for the end of it. */
type Hold = { readonly subject: DragSubject; readonly release: () => void };

/**
 * Escape lets go of it before anything else hears of the key. So does the end of the pointer's press, a moment after the
 * gesture should have heard of it itself: an element that has left the page hears of nothing.
 */
function hold(subject: DragSubject, cancel: () => void, letGo: () => void): Hold {
  const listening = new AbortController();
  const { signal } = listening;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    cancel();
  };
  const onPointerEnd = () => setTimeout(() => !signal.aborted && letGo(), 50);
  window.addEventListener('keydown', onKeyDown, { capture: true, signal });
  window.addEventListener('pointerup', onPointerEnd, { signal });
  window.addEventListener('pointercancel', onPointerEnd, { signal });
  return { subject, release: () => listening.abort() };
}
