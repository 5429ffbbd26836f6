import { useEffect, useMemo, useRef, type KeyboardEvent, type RefObject } from 'react';
import type { StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { useControl, useScreen, type Control } from '../stores/control-context.tsx';
import { openMenuOf } from '../wall-grid/open-menu.ts';
import { chosenRow } from './choose-row.ts';
import { removeMany, selectedStreams, selectionAfter } from './many-streams.ts';
import { rowId } from './row-ids.ts';
import { useRowActions } from './use-row-actions.ts';

/**
 * The list's keyboard, which also works from the search field: the focus stays where it is, and `active` says which row
 * the keys are about. `pageRef` holds how many rows are seen at once.
 * @param found the search that has found the rows; what is typed may be ahead of it
 */
export function useRowKeys(rows: readonly StreamView[], found: string, pageRef: RefObject<number>) {
  const control = useControl();
  const { screen } = control;
  const { place, remove, edit } = useRowActions();
  const wanted = useScreen((state) => state.activeStream);
  const at = useMemo(
    () => (wanted === null ? -1 : rows.findIndex((row) => row.id === wanted)),
    [rows, wanted],
  );
  // Whoever has searched means the first that was found until they choose another.
  const index = at === -1 && found.trim() !== '' && rows.length > 0 ? 0 : at;
  const active: StreamId | null = rows[index]?.id ?? null;
  const entered = useEnteredAhead(rows, found);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey) return;
    const stream = rows[index];
    const inField = event.target instanceof HTMLInputElement;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== 'a' || inField) return;
      event.preventDefault();
      return screen.setState({ selected: new Set(rows.map(({ id }) => id)) });
    }
    const isBehind = inField && found !== screen.getState().search;
    entered.current = isBehind && event.key === 'Enter';
    if (event.key === 'Enter') {
      if (isBehind) return event.preventDefault();
      if (stream === undefined) return;
      event.preventDefault();
      place(stream);
    } else if (event.key === ' ' && !inField) {
      if (stream === undefined) return;
      event.preventDefault();
      screen.setState(({ selected }) => ({
        selected: selectionAfter(selected, rows, stream.id, null, { toggle: true, range: false }),
      }));
    } else if (event.key === 'F2') {
      if (stream === undefined) return;
      event.preventDefault();
      edit(stream);
    } else if (event.key === 'Delete' && !inField) {
      if (stream === undefined) return;
      event.preventDefault();
      const chosen = selectedStreams(control);
      if (chosen.length > 0) return void removeMany(chosen, control);
      screen.setState({ activeStream: (rows[index + 1] ?? rows[index - 1])?.id ?? null });
      remove(stream);
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const row = stream && document.getElementById(rowId(stream.id));
      if (!row) return;
      event.preventDefault();
      openMenuOf(row);
    } else {
      const next = chosenRow(event.key, index, rows.length, pageRef.current, inField);
      if (next === null) return;
      event.preventDefault();
      goTo(rows[next], stream, event.shiftKey && !inField, control);
    }
  };
  return { active, index, onKeyDown };
}

/**
 * Enter right behind a word means what that word finds, not what stood there before.
 * @returns where to note such an Enter
 */
function useEnteredAhead(rows: readonly StreamView[], found: string): RefObject<boolean> {
  const { screen } = useControl();
  const { place } = useRowActions();
  const entered = useRef(false);
  useEffect(() => {
    if (!entered.current || found !== screen.getState().search) return;
    entered.current = false;
    const [first] = rows;
    if (first !== undefined) place(first);
  }, [rows, found, screen, place]);
  return entered;
}

/** With Shift both rows are selected. */
function goTo(
  to: StreamView | undefined,
  from: StreamView | undefined,
  selects: boolean,
  { screen }: Pick<Control, 'screen'>,
): void {
  if (to === undefined) return;
  const both = [from, to].flatMap((one) => one?.id ?? []);
  screen.setState(({ selected }) => ({
    activeStream: to.id,
    ...(selects && { selected: new Set([...selected, ...both]) }),
  }));
}
