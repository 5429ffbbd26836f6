import { useState } from 'react';
import { saveBlob } from '../ui/save-file.ts';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './Admin.module.css';
import { AuditPage as Page, type AuditEntry } from './admin-shapes.ts';
import { AUDIT_TEXTS, auditQueryOf, NO_FILTER, type AuditFilter } from './audit-query.ts';
import { messages } from './messages.ts';
import { briefOf, momentOf, valueOf } from './show-values.ts';
import { Shown } from './Shown.tsx';
import { Table } from './Table.tsx';
import { useAct, useAdmin, useAsked } from './use-asked.ts';

const words = messages.audit;
const VIAS = [
  { value: '', words: words.all },
  ...Object.entries(words.vias).map(([value, name]) => ({ value, words: name })),
];

const REFRESH_MS = 3_000;

/** Who did what, to what, from where, before and after. */
export function AuditPage() {
  const [filter, setFilter] = useState(NO_FILTER);
  const [before, setBefore] = useState<number>();
  const query = auditQueryOf(filter);
  const page = before === undefined ? '' : `&before=${String(before)}`;
  // The newest page goes on by itself; what is further back stays as it is.
  const asked = useAsked(
    `admin/audit?limit=50&${query}${page}`,
    Page,
    before === undefined ? REFRESH_MS : undefined,
  );
  const change = (part: Partial<AuditFilter>): void => {
    setFilter({ ...filter, ...part });
    setBefore(undefined);
  };
  return (
    <div className={styles.page}>
      <div className={styles.filter}>
        <Filter filter={filter} change={change} />
      </div>
      <div className={styles.row}>
        <Exports query={query} />
      </div>
      <Shown asked={asked}>
        {({ entries, going_on, next }) => (
          <>
            {going_on.length > 0 && query === '' && (
              <section className={styles.page} aria-labelledby="going-on">
                <h3 id="going-on">{words.goingOn}</h3>
                <Entries label={words.goingOn} entries={going_on} />
              </section>
            )}
            <Entries label={messages.pages.audit} entries={entries} />
            {next !== null && <Button onClick={() => setBefore(next)}>{messages.more}</Button>}
          </>
        )}
      </Shown>
    </div>
  );
}

type FilterProps = {
  readonly filter: AuditFilter;
  readonly change: (part: Partial<AuditFilter>) => void;
};

function Filter({ filter, change }: FilterProps) {
  const field = (name: keyof AuditFilter, label: string, type: 'text' | 'datetime-local') => (
    <Labelled key={name} words={label}>
      <TextField
        label={label}
        type={type}
        value={filter[name]}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Labelled>
  );
  return (
    <>
      {AUDIT_TEXTS.map((name) => field(name, name === 'search' ? messages.search : words[name], 'text'))}
      {(['since', 'until'] as const).map((name) => field(name, words[name], 'datetime-local'))}
      <Labelled words={words.via}>
        <Select label={words.via} value={filter.via} options={VIAS} onChange={(via) => change({ via })} />
      </Labelled>
    </>
  );
}

function Exports({ query }: { readonly query: string }) {
  const { api } = useAdmin();
  const act = useAct();
  const take = async (form: 'csv' | 'json') => {
    const done = await act(api.take(`admin/audit/export?form=${form}&${query}`));
    if (done !== undefined) saveBlob(`streamwall-audit.${form}`, done.answer);
  };
  return (
    <>
      <Button onClick={() => void take('csv')}>{words.csv}</Button>
      <Button onClick={() => void take('json')}>{words.json}</Button>
    </>
  );
}

function Entries({ label, entries }: { readonly label: string; readonly entries: readonly AuditEntry[] }) {
  return (
    <Table
      label={label}
      heads={words.heads}
      none={words.none}
      rows={entries.map((entry, index) => ({
        key: `${String(entry.number)} ${String(index)}`,
        cells: [
          momentOf(entry.at),
          entry.name === null ? entry.actor : `${entry.name} (${entry.actor})`,
          entry.count === 1 ? entry.action : `${entry.action}, ${words.times(entry.count)}`,
          <span key="d" className={styles.mono}>
            {entry.target}
          </span>,
          <span key="c" className={styles.mono}>
            {entry.from ?? ''}
          </span>,
          <Value key="b">{valueOf(entry.before)}</Value>,
          <Value key="a">{valueOf(entry.after)}</Value>,
        ],
      }))}
    />
  );
}

/** What is long, like examples of what a bot did a thousand times, is opened by whoever wants it. */
function Value({ children: text }: { readonly children: string }) {
  const brief = briefOf(text);
  const looks = `${styles.mono ?? ''} ${styles.json ?? ''}`;
  if (brief === text) return <div className={looks}>{text}</div>;
  return (
    <details className={looks}>
      <summary>{brief}</summary>
      {text}
    </details>
  );
}
