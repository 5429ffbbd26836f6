import { FolderOpen, RefreshCw, X } from 'lucide-react';
import { useRef, useState, type ChangeEvent, type FormEvent } from 'react';
import {
  SourceSettings,
  USUAL_EVERY_SECONDS,
  type SourceHealth,
  type SourceView,
} from '#shared/protocol/data-source.ts';
import styles from '../settings/Page.module.css';
import { useActions, useMirror, useNow } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { TextField } from '../ui/TextField.tsx';
import { inOwnWords } from '../words/told-words.ts';
import { agoWords } from '../words/time-words.ts';
import { messages } from './messages.ts';
import { locale } from '../words/language.ts';

const words = messages.page;

/** The lists that this machine follows, and how each is doing. */
export function SourcesPage() {
  const sources = useMirror((mirror) => mirror.sources);
  if (sources === null) return <p className={styles.hint}>{words.none}</p>;
  return (
    <div className={styles.page}>
      <p className={styles.hint}>{words.intro}</p>
      {sources.map((source) => (
        <Source key={source.id} source={source} />
      ))}
      <AddUrl />
      <AddFile />
    </div>
  );
}

const nameOf = (settings: SourceSettings): string =>
  settings.type === 'json-url' ? settings.url : settings.path;

function Source({ source: { id, settings, health } }: { readonly source: SourceView }) {
  const { machine } = useActions();
  const now = useNow(10_000);
  const name = nameOf(settings);
  return (
    <section aria-label={name} data-source={name} data-health={health.type}>
      <div className={styles.line}>
        <span className={styles.what}>{name}</span>
        <IconButton
          small
          label={words.check(name)}
          icon={<RefreshCw size={14} />}
          onClick={() => void machine('check-source', id)}
        />
        <IconButton
          small
          label={words.remove(name)}
          icon={<X size={14} />}
          onClick={() => void machine('remove-source', id)}
        />
      </div>
      <p className={health.type === 'ill' ? styles.wrong : styles.quiet} role="status">
        {healthWords(health, now)}
      </p>
    </section>
  );
}

function healthWords(health: SourceHealth, nowMs: number): string {
  switch (health.type) {
    case 'waiting':
      return words.waiting;
    case 'well': {
      const { streams, leftOut, atMs, words: why = '' } = health;
      const read = words.well(streams, agoWords(atMs, nowMs));
      return leftOut === 0 ? read : `${read} ${words.leftOut(leftOut, inOwnWords(why))}`;
    }
    case 'ill':
      return words.ill(new Date(health.sinceMs).toLocaleTimeString(locale), inOwnWords(health.words));
  }
}

function AddUrl() {
  const { machine } = useActions();
  const [text, setText] = useState({ url: '', every: String(USUAL_EVERY_SECONDS) });
  const [complaint, setComplaint] = useState('');
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const everySeconds = Number(text.every);
    const wanted = SourceSettings.safeParse({ type: 'json-url', url: text.url.trim(), everySeconds });
    setComplaint(wanted.success ? '' : words.wrongUrl);
    if (!wanted.success) return;
    const outcome = await machine('add-source', wanted.data);
    if (outcome.ok) setText({ ...text, url: '' });
  };
  return (
    <form className={styles.form} onSubmit={(event) => void add(event)}>
      <Labelled words={words.url}>
        <TextField
          label={words.url}
          mono
          placeholder="https://…"
          value={text.url}
          onChange={(event) => setText({ ...text, url: event.target.value })}
        />
      </Labelled>
      <Labelled words={words.every}>
        <TextField
          label={words.every}
          inputMode="numeric"
          value={text.every}
          onChange={(event) => setText({ ...text, every: event.target.value })}
        />
      </Labelled>
      <Button type="submit">{words.addUrl}</Button>
      <p role="alert" className={styles.wrong}>
        {complaint}
      </p>
    </form>
  );
}

function AddFile() {
  const { machine } = useActions();
  const [path, setPath] = useState('');
  const [complaint, setComplaint] = useState('');
  const follow = async (typed: string) => {
    setPath(typed);
    const wanted = SourceSettings.safeParse({ type: 'toml-file', path: typed.trim() });
    setComplaint(wanted.success ? '' : words.wrongPath);
    if (!wanted.success) return;
    const outcome = await machine('add-source', wanted.data);
    if (outcome.ok) setPath('');
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    void follow(path);
  };
  return (
    <form className={styles.form} onSubmit={add}>
      <ChooseFile onPath={(chosen) => void follow(chosen)} />
      <Labelled words={words.path}>
        <TextField label={words.path} mono value={path} onChange={(event) => setPath(event.target.value)} />
      </Labelled>
      <Button type="submit">{words.addPath}</Button>
      <p role="alert" className={styles.wrong}>
        {complaint}
      </p>
    </form>
  );
}

/** The machine's own way to a file, which is followed at once. */
function ChooseFile({ onPath }: { readonly onPath: (path: string) => void }) {
  const { pathOf } = useActions();
  const input = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (file !== undefined) onPath(pathOf(file));
    // The same file can be chosen again.
    event.target.value = '';
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".toml,.json,.csv,.txt"
        data-choose-list=""
        onChange={take}
      />
      <Button icon={<FolderOpen size={15} />} onClick={() => input.current?.click()}>
        {words.choose}
      </Button>
    </>
  );
}
