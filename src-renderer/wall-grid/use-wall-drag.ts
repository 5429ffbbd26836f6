import { useDrag } from '@use-gesture/react';
import { useRef } from 'react';
import { useControl } from '../stores/control-context.tsx';
import { decideDrop } from './decide-drop.ts';
import type { DragSubject, DropTarget } from './drop.ts';
import { messages } from './messages.ts';
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
  const held = useRef<{ readonly subject: DragSubject; readonly release: () => void } | null>(null);

  return useDrag(
    ({ first, last, canceled, cancel, initial, xy, event }) => {
      const { wall } = mirror.getState();
      const pointer = { x: xy[0], y: xy[1] };
      if (first) {
        const subject = subjectAt(stageCellAt({ x: initial[0], y: initial[1] }, wall.grid), event.target);
        if (subject === null) return cancel();
        held.current = { subject, release: onEscape(cancel) };
      }
      if (held.current === null) return;
      const { subject, release } = held.current;
      const drop = decideDrop(wall, subject, targetAt(pointer, subject, wall.grid));
      if (!last) return screen.setState({ drag: { subject, pointer, drop } });
      held.current = null;
      release();
      screen.setState({ drag: null });
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

function stageBox(): DOMRect | null {
  return document.querySelector(`[data-drop='stage'] > ul`)?.getBoundingClientRect() ?? null;
}

function stageCellAt(point: Cell, grid: Grid): Cell | null {
  const stage = stageBox();
  return stage === null ? null : cellAt(point, stage, grid);
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

/** Calls back once Escape is pressed, before anything else hears of it. Returns what stops the listening. */
function onEscape(run: () => void): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  window.addEventListener('keydown', listen, { capture: true });
  return () => window.removeEventListener('keydown', listen, { capture: true });
}
