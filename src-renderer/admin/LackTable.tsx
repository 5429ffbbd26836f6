import styles from './Admin.module.css';
import type { Lack } from './admin-shapes.ts';
import { messages } from './messages.ts';
import { Table } from './Table.tsx';

const words = messages.documents.lack;

export type FoundRecord = Lack['found'][number];
type Chosen = ReadonlyMap<string, FoundRecord>;

export const nameOfRecord = ({ kind, id }: Pick<FoundRecord, 'kind' | 'id'>): string => `${kind} ${id}`;

/** What could be brought back, each to be chosen. */
export function LackTable({
  found,
  chosen,
  onChoose,
}: {
  readonly found: readonly FoundRecord[];
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
}) {
  const toggle = (one: FoundRecord): void => {
    const next = new Map(chosen);
    if (!next.delete(nameOfRecord(one))) next.set(nameOfRecord(one), one);
    onChoose(next);
  };
  return (
    <Table
      label={words.table}
      heads={words.heads}
      none={words.none}
      rows={found.map((one) => ({
        key: nameOfRecord(one),
        cells: [
          <label key="n" className={styles.row}>
            <input
              type="checkbox"
              checked={chosen.has(nameOfRecord(one))}
              onChange={() => toggle(one)}
              aria-label={words.choose(one.name)}
            />
            {one.name}
          </label>,
          words.kinds[one.kind],
          words.whats[one.what],
          one.fields.join(', '),
          <span key="l" className={styles.mono}>
            {one.link ?? ''}
          </span>,
        ],
      }))}
    />
  );
}
