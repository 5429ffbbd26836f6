import { useRef, useState } from 'react';
import { saveBlob } from '../ui/save-file.ts';
import { Button } from '../ui/Button.tsx';
import { Meter } from '../ui/Meter.tsx';
import styles from './Admin.module.css';
import { importRows, readRows, type ImportState } from './import-rows.ts';
import { messages } from './messages.ts';
import { Table } from './Table.tsx';
import { useAct, useAdmin } from './use-asked.ts';

const words = messages.transfer;
const EXPORTS = [
  { what: 'json', path: 'streams/export?format=json', file: 'streams.json' },
  { what: 'csv', path: 'streams/export?format=csv', file: 'streams.csv' },
  { what: 'ignore', path: 'ignore_lists/export.csv', file: 'ignored.csv' },
] as const;
const MAX_REFUSED_SHOWN = 100;

/** Streams out of this team, and into it. */
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
  const { api, say } = useAdmin();
  const [file, setFile] = useState<File>();
  const [state, setState] = useState<ImportState>();
  const stopRef = useRef(false);
  const start = async () => {
    const rows = readRows((await file?.text()) ?? '');
    if (rows.length === 0) return say(words.unreadable);
    stopRef.current = false;
    const problem = await importRows(rows, {
      send: async (body) => api.send('POST', 'streams/bulk_import', body),
      show: setState,
      isStopped: () => stopRef.current,
    });
    if (problem !== undefined) say(problem);
  };
  const isRunning = state?.isRunning === true;
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
        {isRunning && <Button onClick={() => (stopRef.current = true)}>{words.stop}</Button>}
      </div>
      {state !== undefined && <ImportReport state={state} />}
    </>
  );
}

function ImportReport({ state }: { readonly state: ImportState }) {
  const { done, all, added, known, refused } = state;
  return (
    <>
      <div className={styles.row} role="status">
        <Meter value={done / Math.max(1, all)} words={words.progress(done, all)} />
        <span>{words.progress(done, all)}</span>
        <span>{words.result(added, known, refused.length)}</span>
      </div>
      {refused.length > 0 && (
        <Table
          label={words.importTitle}
          heads={words.refusedHeads}
          none={messages.none}
          rows={refused.slice(0, MAX_REFUSED_SHOWN).map(({ row, link, why }) => ({
            key: String(row),
            cells: [
              row.toLocaleString(),
              <span key="a" className={styles.mono}>
                {link}
              </span>,
              why,
            ],
          }))}
        />
      )}
    </>
  );
}
