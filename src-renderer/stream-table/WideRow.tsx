import { memo } from 'react';
import type { StreamView } from '#shared/document/view.ts';
import { useControl, useNow, useScreen } from '../stores/control-context.tsx';
import { Chip } from '../ui/Chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { StatusMark } from '../ui/StatusMark.tsx';
import { streamTone } from '../words/stream-words.ts';
import { CellEditor } from './CellEditor.tsx';
import { gridOf } from './ColumnHeads.tsx';
import type { Column } from './columns.ts';
import { ListRow, toneOf, type ListRowProps } from './ListRow.tsx';
import { messages } from './messages.ts';
import { Viewers } from './Viewers.tsx';
import type { WallMark } from './use-stream-rows.ts';
import styles from './WideRow.module.css';

/** One stream in the wide list: a cell a column, written in by a double click. */
export const WideRow = memo(function WideRow(props: ListRowProps & { readonly columns: readonly Column[] }) {
  const { stream, columns, index, start, mark, active } = props;
  return (
    // The line of heads is the first.
    <ListRow
      {...{ stream, start, active }}
      line={index + 2}
      className={styles.row}
      style={{ gridTemplateColumns: gridOf(columns) }}
    >
      <div role="gridcell" className={styles.box} data-select="">
        <span className={styles.check} aria-label={messages.select(stream.code)} role="img" />
      </div>
      {columns.map((column) => (
        <WideCell key={column.id} stream={stream} column={column} mark={mark} />
      ))}
    </ListRow>
  );
});

function WideCell(props: {
  readonly stream: StreamView;
  readonly column: Column;
  readonly mark: WallMark | undefined;
}) {
  const { stream, column, mark } = props;
  const { screen } = useControl();
  const now = useNow(column.id === 'state' ? 60_000 : null);
  const editing = useScreen(
    (state) => state.editing?.stream === stream.id && state.editing.column === column.id,
  );
  if (editing && column.edit !== undefined) {
    return (
      <div role="gridcell" className={styles.cell}>
        <CellEditor stream={stream} column={column} edit={column.edit} />
      </div>
    );
  }
  const text = column.text(stream, now);
  const edit = () => {
    if (column.edit !== undefined) screen.setState({ editing: { stream: stream.id, column: column.id } });
  };
  return (
    <div
      role="gridcell"
      className={classNames(styles.cell, column.edit !== undefined && styles.editable)}
      data-column={column.id}
      title={text}
      onDoubleClick={edit}
    >
      {column.id === 'code' && <Chip tone={toneOf(mark)}>{text}</Chip>}
      {column.id === 'state' && <StatusMark tone={streamTone(stream)} />}
      {column.id === 'viewers' && <Viewers stream={stream} />}
      {column.id !== 'code' && column.id !== 'viewers' && <span className={styles.text}>{text}</span>}
    </div>
  );
}
