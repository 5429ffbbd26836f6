import { Upload } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState, type ChangeEvent } from 'react';
import type { Command } from '#shared/document/command.ts';
import { readStreamList, type StreamList } from '#shared/model/stream-list/read-stream-list.ts';
import { applyConfig, ConfigPreview } from '../sources/ConfigPreview.tsx';
import { messages as sourceWords } from '../sources/messages.ts';
import { readOriginalConfig, type OriginalConfig } from '../sources/read-original-config.ts';
import { useActions, useControl, useMirror, useScreen } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import { inOwnWords } from '../words/told-words.ts';
import { messages } from './messages.ts';
import styles from './AddStreams.module.css';

const words = messages.import;
const MAX_FILE_BYTES = 32 * 1024 * 1024;
const MOST_SHOWN = 50;

/** A list out of a file or the clipboard: what it comes to is shown before anything is added. */
export function ImportDialog() {
  const { screen } = useControl();
  const open = useScreen((state) => state.over?.kind === 'import');
  return open ? <OpenImport onClose={() => screen.setState({ over: null })} /> : null;
}

function OpenImport({ onClose }: { readonly onClose: () => void }) {
  const { screen } = useControl();
  const { all } = useActions();
  const [text, setText] = useState('');
  const [complaint, setComplaint] = useState('');
  const settled = useDeferredValue(text);
  const read = useMemo(() => (settled.trim() === '' ? null : readStreamList(settled)), [settled]);
  const list = read?.ok === true ? read.value : null;
  const control = useControl();
  const config = useMemo(
    () => readOriginalConfig(settled, control.mirror.getState().wall.colours),
    [settled, control],
  );
  const add = () => {
    if (list === null) return;
    onClose();
    screen.setState({ filter: 'all', search: '' });
    const commands = list.streams.map<Command>(({ link, fields }) => ({
      document: 'catalogue',
      command: { type: 'add-stream', link, fields },
    }));
    void all(commands, words.added);
  };
  const why = complaint || (read?.ok === false && config === null ? inOwnWords(read.error) : '');
  return (
    <Dialog
      open
      title={words.title}
      closeWords={messages.close}
      onClose={onClose}
      foot={
        config === null ? (
          <Button tone="loud" disabled={list === null || list.streams.length === 0} onClick={add}>
            {words.add(list?.streams.length ?? 0)}
          </Button>
        ) : (
          <ApplyButton config={config} onClose={onClose} />
        )
      }
    >
      <p className={styles.intro}>{words.words}</p>
      <FileButton onText={setText} onComplaint={setComplaint} />
      <TextArea
        mono
        rows={5}
        label={words.field}
        placeholder={words.placeholder}
        value={text.length > 20_000 ? `${text.slice(0, 20_000)}…` : text}
        readOnly={text.length > 20_000}
        onChange={(event) => setText(event.target.value)}
      />
      <div role="alert" className={styles.complaint}>
        {why}
      </div>
      {list !== null && <Preview list={list} />}
      {list !== null && settled.includes('"stateDoc"') && <p>{words.noLayout}</p>}
      {config !== null && <ConfigPreview config={config} />}
    </Dialog>
  );
}

function ApplyButton(props: { readonly config: OriginalConfig; readonly onClose: () => void }) {
  const control = useControl();
  const apply = () => {
    props.onClose();
    void applyConfig(props.config, control);
  };
  const taken = props.config.lines.filter(({ fate }) => fate === 'taken').length;
  return (
    <Button tone="loud" disabled={taken === 0} onClick={apply}>
      {sourceWords.config.apply(taken)}
    </Button>
  );
}

function FileButton(props: {
  readonly onText: (text: string) => void;
  readonly onComplaint: (words: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (file === undefined) return;
    props.onComplaint(file.size > MAX_FILE_BYTES ? words.tooBig : '');
    if (file.size > MAX_FILE_BYTES) return;
    try {
      props.onText(await file.text());
    } catch {
      props.onComplaint(words.unreadable);
    }
  };
  return (
    <p className={styles.file}>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.json,.toml,.txt,text/csv,application/json"
        onChange={(event) => void take(event)}
      />
      <Button icon={<Upload size={15} />} onClick={() => input.current?.click()}>
        {words.choose}
      </Button>
    </p>
  );
}

function Preview({ list }: { readonly list: StreamList }) {
  const known = useMirror((mirror) => mirror.streams);
  const old = list.streams.filter(({ id }) => known.has(id)).length;
  const doubts = list.streams.filter(({ left }) => left.length > 0);
  return (
    <section className={styles.part} aria-live="polite">
      <h3 className={styles.head}>{words.form(list.form, list.streams.length)}</h3>
      <p>{words.fresh(list.streams.length - old)}</p>
      {old > 0 && <p>{words.known(old)}</p>}
      {(list.refused.length > 0 || doubts.length > 0) && (
        <>
          <h3 className={styles.head}>{words.refused(list.refused.length + doubts.length)}</h3>
          <ul>
            {list.refused.slice(0, MOST_SHOWN).map(({ at, words: why, entry }) => (
              <li key={at} className={styles.line}>
                <span className={styles.link}>{entry}</span>
                <span className={styles.why}>{words.entry(at, inOwnWords(why))}</span>
              </li>
            ))}
            {doubts.slice(0, MOST_SHOWN).map(({ id, link, left }) => (
              <li key={id} className={styles.line}>
                <span className={styles.why}>{words.left(link, left.join(', '))}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
