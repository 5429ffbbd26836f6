import { useState, useSyncExternalStore } from 'react';
import { saveBlob } from '../ui/save-file.ts';
import { Button } from '../ui/Button.tsx';
import { Meter } from '../ui/Meter.tsx';
import styles from './Admin.module.css';
import type { ImportState } from './import-state.ts';
import { messages } from './messages.ts';
import { readImport } from './read-import.ts';
import { Table } from './Table.tsx';
import { useAct, useAdmin } from './use-asked.ts';

const words = messages.transfer;
const EXPORTS = [
  { what: 'json', path: 'streams/export?format=json', file: 'streams.json' },
  { what: 'csv', path: 'streams/export?format=csv', file: 'streams.csv' },
  { what: 'ignore', path: 'ignore_lists/export.csv', file: 'ignored.csv' },
] as const;

/** Streams and ignore lists out of this team, and into it. */
export function TransferPage() {
  const { api } = useAdmin();
  const act = useAct();
  const take = async ({ path, file }: (typeof EXPORTS)[number]) => {
    const done = await act(api.take(path));
    if (done !== undefined) saveBlob(file, done.answer);
  };
  return (
    <div className={styles.page}>
      <h2>{words.exportTitle}</h2>
      <div className={styles.row}>
        {EXPORTS.map((one) => (
          <Button key={one.what} onClick={() => void take(one)}>
            {words.exports[one.what]}
          </Button>
        ))}
      </div>
      <h2>{words.importTitle}</h2>
      <p className={styles.quiet}>{words.importHint}</p>
      <ImportForm />
    </div>
  );
}

function ImportForm() {
  const { imports, say } = useAdmin();
  const [file, setFile] = useState<File>();
  const state = useSyncExternalStore(imports.subscribe, imports.now);
  const isRunning = state?.isRunning === true;
  const start = async () => {
    if (file === undefined) return;
    const read = readImport(await file.text());
    if (read.ok) await imports.begin(read.value, file.name);
    else say(read.error);
  };
  return (
    <>
      <div className={styles.form}>
        <input
          type="file"
          accept=".csv,.json,text/csv,application/json"
          aria-label={words.file}
          onChange={(event) => setFile(event.target.files?.[0])}
        />
        <Button disabled={file === undefined || isRunning} onClick={() => void start()}>
          {words.start}
        </Button>
        {isRunning && <Button onClick={() => imports.stop()}>{words.stop}</Button>}
      </div>
      {state !== undefined && <ImportReport state={state} />}
    </>
  );
}

function ImportReport({ state }: { readonly state: ImportState }) {
  const { name, done, all, added, known, refused, refusedRows, leftOut } = state;
  return (
    <>
      <div className={styles.row} role="status">
        <b>{name}</b>
        <Meter value={done / Math.max(1, all)} words={words.progress(done, all)} />
        <span>{words.progress(done, all)}</span>
        <span>{words.result(added, known, refused)}</span>
        {leftOut > 0 && <span>{words.leftOut(leftOut)}</span>}
      </div>
      {!state.isRunning && <Interrupted state={state} />}
      {refused > refusedRows.length && <p className={styles.quiet}>{words.firstOf(refusedRows.length)}</p>}
      {refusedRows.length > 0 && (
        <Table
          label={words.importTitle}
          heads={words.refusedHeads}
          none={messages.none}
          rows={refusedRows.map(({ row, what, why }) => ({
            key: String(row),
            cells: [
              row.toLocaleString(),
              <span key="a" className={styles.mono}>
                {what}
              </span>,
              why,
            ],
          }))}
        />
      )}
    </>
  );
}

/** What can be done with an import that does not run. */
function Interrupted({ state: { done, all, problem } }: { readonly state: ImportState }) {
  const { imports } = useAdmin();
  const isOver = done >= all;
  return (
    <>
      {!isOver && <p className={styles.problem}>{words.interrupted(problem)}</p>}
      <div className={styles.row}>
        {!isOver && <Button onClick={() => void imports.goOn()}>{words.goOn}</Button>}
        <Button tone="quiet" onClick={() => void imports.forget()}>
          {words.forget}
        </Button>
      </div>
    </>
  );
}
