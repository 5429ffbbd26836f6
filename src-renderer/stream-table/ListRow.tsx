import type { ComponentProps } from 'react';
import type { StreamView } from '#shared/document/view.ts';
import { useScreen } from '../stores/control-context.tsx';
import { OtherAtStream } from '../together/Others.tsx';
import { classNames } from '../ui/class-names.ts';
import styles from './ListRow.module.css';
import { rowId } from './row-ids.ts';
import type { WallMark } from './use-stream-rows.ts';

/** What every row of the list is told, narrow or wide. */
export type ListRowProps = {
  readonly stream: StreamView;
  readonly index: number;
  /** From the top of the list, in pixels. */
  readonly start: number;
  readonly mark: WallMark | undefined;
  /** Whether the keys are about this row. */
  readonly active: boolean;
};

/** The row itself: where it stands, whose it is, whether it is selected. The list drags it and opens its menu. */
export function ListRow(
  props: Pick<ListRowProps, 'stream' | 'start' | 'active'> & {
    readonly line: number;
  } & ComponentProps<'div'>,
) {
  const { stream, start, active, line, className, style, children, ...rest } = props;
  const selected = useScreen((screen) => screen.selected.has(stream.id));
  return (
    <div
      id={rowId(stream.id)}
      role="row"
      aria-rowindex={line}
      aria-selected={selected}
      data-stream={stream.id}
      data-code={stream.code}
      className={classNames(styles.row, className, selected && styles.selected, active && styles.active)}
      style={{ ...style, transform: `translateY(${start}px)` }}
      {...rest}
    >
      {children}
      <OtherAtStream stream={stream.id} />
    </div>
  );
}

/** How a stream's code is drawn: by what is done with it on the wall. */
export function toneOf(mark: WallMark | undefined) {
  if (mark === undefined || mark.at === 'bench') return 'plain';
  if (mark.heard) return 'heard';
  return mark.blurred ? 'hidden' : 'placed';
}
