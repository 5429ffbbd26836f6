import { Activity, TriangleAlert } from 'lucide-react';
import { useControl, useMirror, useNow } from '../stores/control-context.tsx';
import { classNames } from '../ui/class-names.ts';
import styles from './StatusLight.module.css';
import { statusWords } from './status-words.ts';

/** How this machine's checks of who is live do; nothing where others check. */
export function StatusLight() {
  const { screen } = useControl();
  const status = useMirror((mirror) => mirror.status);
  const now = useNow(status?.type === 'failed' ? 1000 : null);
  if (status === null || status.type === 'resting') return null;
  const { tone, words, more } = statusWords(status, now);
  return (
    <button
      type="button"
      className={classNames(styles.light, tone === 'troubled' && styles.troubled)}
      data-status-checker={status.type}
      title={more.join('\n')}
      onClick={() => screen.setState({ over: { kind: 'settings', page: 'status' } })}
    >
      {tone === 'troubled' ? <TriangleAlert size={14} /> : <Activity size={14} />}
      <span className={styles.words}>{words}</span>
    </button>
  );
}
