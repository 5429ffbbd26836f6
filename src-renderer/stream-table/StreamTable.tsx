import { defaultRangeExtractor, useVirtualizer, type Range, type Virtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from 'react';
import type { StreamId } from '#shared/model/ids.ts';
import { focusStage } from '../control/focus-places.ts';
import { useControl, usePreference, useScreen } from '../stores/control-context.tsx';
import { openMenuOf } from '../wall-grid/open-menu.ts';
import { ColumnHeads } from './ColumnHeads.tsx';
import { chosenColumns } from './columns.ts';
import { createKeptSlots } from './keep-slots.ts';
import { selectionAfter } from './many-streams.ts';
import { messages } from './messages.ts';
import { LIST_ID, rowId, streamOfRow } from './row-ids.ts';
import { RowMenu } from './RowMenu.tsx';
import { StreamRow } from './StreamRow.tsx';
import styles from './StreamTable.module.css';
import { useRowDrag } from './use-row-drag.ts';
import { useRowTap } from './use-row-tap.ts';
import type { StreamRows } from './use-stream-rows.ts';
import { WideRow } from './WideRow.tsx';

const ROW_HEIGHT = 54;
const WIDE_ROW_HEIGHT = 36;
const HEADS_HEIGHT = 32;

type StreamTableProps = Pick<StreamRows, 'rows' | 'marks'> & {
  readonly active: StreamId | null;
  /** Where it stands among the rows; -1 for none. */
  readonly activeIndex: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Is told how many rows are seen at once. */
  readonly pageRef: RefObject<number>;
};

/** The rows, of which only those in sight are in the page. The focus stays on the list itself and cannot be scrolled away. */
export function StreamTable({ rows, marks, active, activeIndex, onKeyDown, pageRef }: StreamTableProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const { screen } = useControl();
  const wide = useScreen((state) => state.wide);
  const rowHeight = wide ? WIDE_ROW_HEIGHT : ROW_HEIGHT;
  const chosen = usePreference('columns');
  const shown = useMemo(() => chosenColumns(chosen), [chosen]);
  const inHand = useScreen(({ drag }) => (drag?.subject.kind === 'stream' ? drag.subject.stream : null));
  const handIndex = useMemo(
    () => (inHand === null ? -1 : rows.findIndex((row) => row.id === inHand)),
    [rows, inHand],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    overscan: 4,
    scrollPaddingStart: wide ? HEADS_HEIGHT : 0,
    // The row in the hand and the one that the keys are about stay in the page wherever one scrolls.
    rangeExtractor: (range) => withRows(range, [activeIndex, handIndex]),
  });

  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useEffect(() => {
    if (activeIndex >= 0 && !isInSight(virtualizer, activeIndex))
      virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
  }, [virtualizer, active, activeIndex]);
  useEffect(() => {
    // Asking the page itself would make it lay out the rows that were just written.
    pageRef.current = Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / rowHeight) - 1);
  });
  const [keepSlots] = useState(createKeptSlots);
  const shownRows = virtualizer.getVirtualItems().flatMap(({ index, start }) => {
    const stream = rows[index];
    return stream === undefined ? [] : [{ stream, index, start }];
  });
  const slots = keepSlots(shownRows.map(({ stream }) => stream.id));

  const bind = useRowDrag();
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && event.target === event.currentTarget) {
      if (screen.getState().selected.size > 0) screen.setState({ selected: new Set() });
      else focusStage();
    } else if (event.target === event.currentTarget) onKeyDown(event);
  };
  const onClick = (event: MouseEvent) => {
    const clicked = streamOfRow(event.target);
    if (clicked === null) return;
    const inBox = event.target instanceof HTMLElement && event.target.closest('[data-select]') !== null;
    const held = { toggle: event.ctrlKey || event.metaKey || inBox, range: event.shiftKey };
    const { activeStream, selected } = screen.getState();
    screen.setState({
      selected: selectionAfter(selected, rows, clicked, activeStream, held),
      activeStream: clicked,
    });
  };
  // A thumb has neither hover nor a right button: a tap shows what can be done.
  const tap = useRowTap((target) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-stream]') : null;
    const id = streamOfRow(target);
    if (row === null || id === null) return;
    screen.setState({ activeStream: id });
    openMenuOf(row);
  });
  return (
    <RowMenu>
      <div
        {...bind()}
        {...tap}
        ref={scrollRef}
        id={LIST_ID}
        role="grid"
        tabIndex={0}
        className={styles.scroller}
        aria-label={messages.list}
        aria-rowcount={rows.length}
        aria-multiselectable="true"
        aria-activedescendant={active === null ? undefined : rowId(active)}
        onKeyDown={keys}
        onClick={onClick}
      >
        {wide && <ColumnHeads rows={rows} columns={shown} />}
        <div role="presentation" className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
          {shownRows.map(({ stream, index, start }) => {
            const row = {
              ...{ stream, index, start },
              mark: marks.get(stream.id),
              active: stream.id === active,
            };
            const slot = slots.get(stream.id);
            return wide ? <WideRow key={slot} {...row} columns={shown} /> : <StreamRow key={slot} {...row} />;
          })}
        </div>
      </div>
    </RowMenu>
  );
}

/** Whole, that is: rows at the edges may be cut. Asking the page itself would make it lay everything out first. */
function isInSight(
  { range, scrollOffset }: Pick<Virtualizer<HTMLDivElement, Element>, 'range' | 'scrollOffset'>,
  index: number,
): boolean {
  if (index === 0) return scrollOffset === 0;
  return range !== null && index > range.startIndex && index < range.endIndex;
}

function withRows(range: Range, wanted: readonly number[]): number[] {
  const seen = new Set(defaultRangeExtractor(range));
  for (const index of wanted) if (index >= 0 && index < range.count) seen.add(index);
  return [...seen].sort((a, b) => a - b);
}
