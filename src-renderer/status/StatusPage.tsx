import { useActions, useMirror, useNow } from '../stores/control-context.tsx';
import styles from '../settings/Page.module.css';
import { Switch } from '../ui/Switch.tsx';
import { messages as words } from './messages.ts';
import { statusWords } from './status-words.ts';

/** Whether this machine looks who is live, and how that goes. */
export function StatusPage() {
  const status = useMirror((mirror) => mirror.status);
  const { machine } = useActions();
  const now = useNow(1000);
  if (status === null) return <p className={styles.hint}>{words.none}</p>;
  const shown = statusWords(status, now);
  return (
    <div className={styles.page}>
      <p className={styles.hint}>{words.intro}</p>
      <Switch
        words={words.wanted}
        on={status.type !== 'off'}
        onChange={(on) => void machine('set-status-checker', on)}
      />
      <div role="status" aria-label={words.title}>
        <p>{shown.words}</p>
        <ul>
          {shown.more.map((line) => (
            <li key={line} className={styles.quiet}>
              {line}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
