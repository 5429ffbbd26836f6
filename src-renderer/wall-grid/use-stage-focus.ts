import { useLayoutEffect, useRef } from 'react';
import type { WallView } from '#shared/document/view.ts';
import { useControl, useScreen } from '../stores/control-context.tsx';
import { cursorAt, sameCursor, spotOf } from './stage-cursor.ts';

/** Keeps the keyboard's place on the stage, which draws `wall`: where it is, and that focus comes back when its tile has gone. */
export function useStageFocus(wall: WallView) {
  const { screen } = useControl();
  const cursor = useScreen((state) => state.cursor);
  const stageRef = useRef<HTMLDivElement>(null);
  const focused = useRef(false);
  const spot = spotOf(wall, cursor ?? { x: 0, y: 0, tile: null });

  useLayoutEffect(() => {
    const here = { ...spot.cell, tile: spot.kind === 'tile' ? spot.tile.id : null };
    if (cursor !== null && !sameCursor(cursor, here)) screen.setState({ cursor: here });
    if (!focused.current || document.activeElement !== document.body) return;
    stageRef.current?.querySelector<HTMLElement>(`[data-spot][tabindex='0']`)?.focus();
  });

  return {
    stageRef,
    spot,
    onFocus: ({ target }: { readonly target: EventTarget }) => {
      focused.current = true;
      const at = target instanceof HTMLElement ? target.dataset['spot'] : undefined;
      if (at === undefined) return;
      const [x = 0, y = 0] = at.split(',').map(Number);
      const kept = screen.getState().cursor;
      const there = cursorAt(wall, { x, y });
      // Coming back to a tile keeps the cell at which it was entered.
      if (kept === null || kept.tile === null || kept.tile !== there.tile) screen.setState({ cursor: there });
    },
    onBlur: ({ relatedTarget }: { readonly relatedTarget: EventTarget | null }) => {
      if (relatedTarget !== null) focused.current = false;
    },
  };
}
