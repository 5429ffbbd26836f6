import type { ReactNode } from 'react';
import styles from './Admin.module.css';

type TableProps = {
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
  /** Stands where there are no rows. */
  readonly none: string;
};

/** A table that scrolls sideways by itself where the window is narrow; the first cell of a row names it. */
export function Table({ label, heads, rows, none }: TableProps) {
  if (rows.length === 0) return <p className={styles.quiet}>{none}</p>;
  return (
    <div className={styles.scroller} tabIndex={0} role="group" aria-label={label}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {heads.map((head, index) => (
              <th key={index} scope="col">
                {head === '' ? <span className={styles.hiddenWords}>{'…'}</span> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, index) =>
                index === 0 ? (
                  <th key={index} scope="row" className={isShort(cell) ? styles.short : undefined}>
                    {cell}
                  </th>
                ) : (
                  <td key={index} className={isShort(cell) ? styles.short : undefined}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const SHORT = 18;

/** A moment, a size or a word stays on one line. */
const isShort = (cell: ReactNode): boolean => typeof cell === 'string' && cell.length <= SHORT;
