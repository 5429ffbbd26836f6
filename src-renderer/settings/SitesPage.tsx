import { Trash2 } from 'lucide-react';
import { useEffect, useState, type FormEvent } from 'react';
import { SitePage, type StoredSite } from '#shared/protocol/stored-site.ts';
import { useActions, useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { TextField } from '../ui/TextField.tsx';
import { messages } from './messages.ts';
import styles from './Page.module.css';

const words = messages.sites;

/** What the sites of the tiles have stored on this machine: seen, cleared, and a way to log in. */
export function SitesPage() {
  const isHere = useMirror((mirror) => mirror.screens !== null);
  const sites = useMirror((mirror) => mirror.sites);
  const { machine } = useActions();
  useEffect(() => {
    if (isHere) void machine('list-sites', undefined);
  }, [isHere, machine]);
  if (!isHere) return <p className={styles.hint}>{words.none}</p>;
  return (
    <div className={styles.page}>
      <p className={styles.hint}>{words.intro}</p>
      <OpenSite />
      {sites?.length === 0 && <p className={styles.quiet}>{words.nothing}</p>}
      <ul>
        {(sites ?? []).map((site) => (
          <li key={site.site} className={styles.line} data-site={site.site}>
            <span className={styles.what}>
              {site.site} <span className={styles.quiet}>{storedWords(site)}</span>
            </span>
            <Button
              tone="quiet"
              icon={<Trash2 size={15} />}
              aria-label={words.clear(site.site)}
              onClick={() => void machine('clear-site', site.site)}
            >
              {words.clearWord}
            </Button>
          </li>
        ))}
      </ul>
      <p>
        <Button onClick={() => void machine('list-sites', undefined)}>{words.again}</Button>
      </p>
    </div>
  );
}

function storedWords({ cookies, hasStorage, wasOpened, untilMs }: StoredSite): string {
  const kept = [cookies > 0 ? words.cookies(cookies) : '', hasStorage ? words.storage : ''];
  const until = untilMs === null ? words.session : words.until(new Date(untilMs).toLocaleDateString());
  return [...kept, cookies > 0 ? until : '', wasOpened ? words.opened : ''].filter(Boolean).join(', ');
}

function OpenSite() {
  const { machine } = useActions();
  const [text, setText] = useState('');
  const [complaint, setComplaint] = useState('');
  const open = (event: FormEvent) => {
    event.preventDefault();
    const page = SitePage.safeParse(text.trim());
    setComplaint(page.success ? '' : words.wrong);
    if (page.success) void machine('open-site', page.data);
  };
  return (
    <form onSubmit={open}>
      <Labelled words={words.address}>
        <TextField
          label={words.address}
          mono
          placeholder="https://…"
          value={text}
          complaint={complaint}
          onChange={(event) => setText(event.target.value)}
        />
      </Labelled>
      <Button type="submit">{words.open}</Button>
    </form>
  );
}
