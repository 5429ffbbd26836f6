import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import type { StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { focusStage } from '../control/focus-places.ts';
import { useScreen } from '../stores/control-context.tsx';
import { messages } from './messages.ts';
import { LIST_ID, rowId } from './row-ids.ts';
import { RowMenu } from './RowMenu.tsx';
import { StreamRow } from './StreamRow.tsx';
import styles from './StreamTable.module.css';
import { useRowDrag } from './use-row-drag.ts';
import type { StreamRows } from './use-stream-rows.ts';

const ROW_HEIGHT = 54;

type StreamTableProps = Pick<StreamRows, 'rows' | 'marks'> & {
  readonly active: StreamId | null;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Is told how many rows are seen at once. */
  readonly pageRef: RefObject<number>;
};

/** The rows, of which only those in sight are in the page. The focus stays on the list itself and cannot be scrolled away. */
export function StreamTable({ rows, marks, active, onKeyDown, pageRef }: StreamTableProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const inHand = useScreen(({ drag }) => (drag?.subject.kind === 'stream' ? drag.subject.stream : null));
  const activeIndex = rows.findIndex((row) => row.id === active);
  const handIndex = inHand === null ? -1 : rows.findIndex((row) => row.id === inHand);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: useCallback((index: number) => rows[index]?.id ?? index, [rows]),
    overscan: 6,
    // The row in the hand and the one that the keys are about stay in the page wherever one scrolls.
    rangeExtractor: (range) => withRows(range, [activeIndex, handIndex]),
  });

  useEffect(() => {
    if (activeIndex >= 0) virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
  }, [virtualizer, active, activeIndex]);
  useEffect(() => {
    pageRef.current = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
  });

  const bind = useRowDrag();
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') focusStage();
    else if (event.target === event.currentTarget) onKeyDown(event);
  };
  return (
    <RowMenu>
      <div
        {...bind()}
        ref={scrollRef}
        id={LIST_ID}
        role="grid"
        tabIndex={0}
        className={styles.scroller}
        aria-label={messages.list}
        aria-rowcount={rows.length}
        aria-activedescendant={active === null ? undefined : rowId(active)}
        onKeyDown={keys}
      >
        <div role="presentation" className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ key, index, start }) => {
            const stream: StreamView | undefined = rows[index];
            return (
              stream && (
                <StreamRow
                  key={key}
                  stream={stream}
                  index={index}
                  start={start}
                  mark={marks.get(stream.id)}
                  active={stream.id === active}
                />
              )
            );
          })}
        </div>
      </div>
    </RowMenu>
  );
}

function withRows(range: Range, wanted: readonly number[]): number[] {
  const seen = new Set(defaultRangeExtractor(range));
  for (const index of wanted) if (index >= 0 && index < range.count) seen.add(index);
  return [...seen].sort((a, b) => a - b);
}
