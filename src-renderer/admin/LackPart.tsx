import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './Admin.module.css';
import { BroughtBack, Lack, type LackKind } from './admin-shapes.ts';
import { ArmedButton } from './ArmedButton.tsx';
import { LackTable, nameOfRecord, type FoundRecord } from './LackTable.tsx';
import { messages } from './messages.ts';
import { Shown } from './Shown.tsx';
import { useAdmin, useAsked } from './use-asked.ts';

const words = messages.documents.lack;
const KINDS = [
  { value: '', words: messages.audit.all },
  ...Object.entries(words.kinds).map(([value, name]) => ({ value, words: name })),
];

/** What the catalogue had after an edit and has not, or has otherwise: looked through, and brought back. */
export function LackPart({
  path,
  number,
  onBack,
}: {
  readonly path: string;
  readonly number: number;
  readonly onBack: () => void;
}) {
  const [filter, setFilter] = useState({ search: '', kind: '' });
  const [chosen, setChosen] = useState<ReadonlyMap<string, FoundRecord>>(new Map());
  const query = new URLSearchParams({ number: String(number), limit: '100', search: filter.search });
  if (filter.kind !== '') query.set('kind', filter.kind);
  const asked = useAsked(`${path}/lack?${query.toString()}`, Lack);
  const { done, send } = useBringing(path, () => {
    setChosen(new Map());
    asked.reload();
  });
  const only = [...chosen.values()].map(({ kind, id }) => ({ kind, id }));
  return (
    <section className={styles.page} aria-labelledby="lack">
      <h2 id="lack">{words.title(number)}</h2>
      <p className={styles.quiet}>{words.hint}</p>
      <div className={styles.form}>
        <Button onClick={onBack}>{words.back}</Button>
        <Labelled words={messages.search}>
          <TextField
            label={messages.search}
            value={filter.search}
            onChange={(event) => setFilter({ ...filter, search: event.target.value })}
          />
        </Labelled>
        <Labelled words={words.kind}>
          <Select
            label={words.kind}
            value={filter.kind}
            options={KINDS}
            onChange={(kind) => setFilter({ ...filter, kind })}
          />
        </Labelled>
      </div>
      {done !== undefined && (
        <div className={styles.row} role="status">
          <span>{words.done(done.done, done.refused_count)}</span>
          {!done.isUndo && done.done > 0 && (
            <Button onClick={() => void send('take_back', { before: done.before, after: done.after })}>
              {words.undo}
            </Button>
          )}
        </div>
      )}
      <Shown asked={asked}>
        {(lack) => (
          <>
            <Counts counts={lack.counts} />
            <div className={styles.row}>
              <Button disabled={only.length === 0} onClick={() => void send('bring_back', { number, only })}>
                {words.bringChosen(only.length)}
              </Button>
              {countAll(lack.counts) > 0 && (
                <ArmedButton
                  words={words.bringAll(countAll(lack.counts))}
                  what={String(number)}
                  onPress={() => void send('bring_back', { number })}
                />
              )}
            </div>
            <LackTable found={lack.found} chosen={chosen} onChoose={setChosen} />
            {lack.found_count > lack.found.length && (
              <p className={styles.quiet}>{words.more(lack.found.length, lack.found_count)}</p>
            )}
          </>
        )}
      </Shown>
      {done !== undefined && done.refused.length > 0 && (
        <ul>
          {done.refused.map((one) => (
            <li key={nameOfRecord(one)}>
              {one.id}: {one.why}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

type Counts = Lack['counts'];

/** Without those in the archive, which come back only when they are chosen. */
const countAll = (counts: Counts): number =>
  Object.values(counts).reduce((sum, { missing, changed }) => sum + missing + changed, 0);

function Counts({ counts }: { readonly counts: Counts }) {
  const kinds = (Object.entries(counts) as [LackKind, Counts[LackKind]][]).filter(
    ([, count]) => count.missing + count.changed + count.archived + count.added > 0,
  );
  return (
    <ul className={styles.quiet}>
      {kinds.map(([kind, { missing, changed, archived, added }]) => (
        <li key={kind}>{words.count(words.kinds[kind], missing, changed, archived, added)}</li>
      ))}
    </ul>
  );
}

/** Brings back, or takes that back, and keeps what came of it. */
function useBringing(path: string, onDone: () => void) {
  const { api, say } = useAdmin();
  const [done, setDone] = useState<BroughtBack & { readonly isUndo: boolean }>();
  const send = async (what: 'bring_back' | 'take_back', body: unknown): Promise<void> => {
    const result = await api.send('POST', `${path}/${what}`, body);
    if (!result.ok) return say(result.error);
    const read = BroughtBack.safeParse(result.value);
    if (!read.success) return say(messages.notUnderstood);
    setDone({ ...read.data, isUndo: what === 'take_back' });
    onDone();
  };
  return { done, send };
}
