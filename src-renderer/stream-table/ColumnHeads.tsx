import { ArrowDown, ArrowUp } from 'lucide-react';
import type { StreamView } from '#shared/document/view.ts';
import { useControl, usePreference, useScreen } from '../stores/control-context.tsx';
import type { Column } from './columns.ts';
import styles from './ColumnHeads.module.css';
import { messages } from './messages.ts';

/** The wide list's columns as a CSS grid; the first is for selecting. */
export function gridOf(columns: readonly Column[]): string {
  return ['24px', ...columns.map(({ width }) => width)].join(' ');
}

/** The line of names above the columns: a click sorts upwards, another down, a third not at all. */
export function ColumnHeads(props: {
  readonly rows: readonly StreamView[];
  readonly columns: readonly Column[];
}) {
  const { rows, columns } = props;
  const { screen, preferences } = useControl();
  const sort = usePreference('sort');
  const all = useScreen((state) => rows.length > 0 && state.selected.size >= rows.length);
  const sortBy = (column: string) => {
    const same = sort?.column === column;
    preferences.change({
      sort: same ? (sort.down ? null : { column, down: true }) : { column, down: false },
    });
  };
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={styles.heads}
      style={{ gridTemplateColumns: gridOf(columns) }}
    >
      <div role="columnheader">
        <input
          type="checkbox"
          tabIndex={-1}
          className={styles.box}
          aria-label={messages.selectAll}
          checked={all}
          onChange={() => screen.setState({ selected: all ? new Set() : new Set(rows.map(({ id }) => id)) })}
        />
      </div>
      {columns.map((column) => {
        const sorted = sort?.column === column.id ? sort : null;
        return (
          <div
            key={column.id}
            role="columnheader"
            aria-sort={sorted === null ? 'none' : sorted.down ? 'descending' : 'ascending'}
          >
            <button
              type="button"
              tabIndex={-1}
              className={styles.head}
              title={messages.sortBy(column.words)}
              onClick={() => sortBy(column.id)}
            >
              {column.words}
              {sorted !== null && (sorted.down ? <ArrowDown size={13} /> : <ArrowUp size={13} />)}
            </button>
          </div>
        );
      })}
    </div>
  );
}
