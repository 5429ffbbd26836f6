import { Button } from '../ui/Button.tsx';
import styles from './Admin.module.css';
import { Snapshots, TakenSnapshot } from './admin-shapes.ts';
import { messages } from './messages.ts';
import { momentOf, sizeOf } from './show-values.ts';
import { Shown } from './Shown.tsx';
import { Table } from './Table.tsx';
import { useAct, useAdmin, useAsked } from './use-asked.ts';

const words = messages.documents.snapshots;

/** The whole states of a document that are kept, and one more of now. */
export function SnapshotsPart({
  path,
  onReturn,
}: {
  readonly path: string;
  /** What can be done with the moment of a snapshot, if anything. */
  readonly onReturn: ((number: number) => void) | undefined;
}) {
  const asked = useAsked(`${path}/snapshots`, Snapshots);
  const { api, say } = useAdmin();
  const act = useAct();
  const take = async () => {
    const done = await act(api.send('POST', `${path}/snapshots`));
    const taken = TakenSnapshot.safeParse(done?.answer);
    if (taken.success) say(words.taken(taken.data.number));
    asked.reload();
  };
  return (
    <section className={styles.page} aria-labelledby="snapshots">
      <h3 id="snapshots">{words.title}</h3>
      <p className={styles.quiet}>{words.hint}</p>
      <div className={styles.row}>
        <Button onClick={() => void take()}>{words.take}</Button>
      </div>
      <Shown asked={asked}>
        {({ snapshots }) => (
          <Table
            label={words.title}
            heads={onReturn === undefined ? words.heads.slice(0, -1) : words.heads}
            none={words.none}
            rows={snapshots.map(({ number, at, bytes, is_kept: isKept }) => ({
              key: String(number),
              cells: [
                number.toLocaleString(),
                at === null ? words.long : momentOf(at),
                sizeOf(bytes),
                isKept ? words.kept : words.newest,
                ...(onReturn === undefined
                  ? []
                  : [<ReturnButton key="a" number={number} onReturn={onReturn} />]),
              ],
            }))}
          />
        )}
      </Shown>
    </section>
  );
}

/** To what the catalogue has lost since an edit. */
export function ReturnButton({
  number,
  onReturn,
}: {
  readonly number: number;
  readonly onReturn: (number: number) => void;
}) {
  const name = messages.documents.lack.open;
  return (
    <Button tone="quiet" aria-label={`${name}: ${String(number)}`} onClick={() => onReturn(number)}>
      {name}
    </Button>
  );
}
