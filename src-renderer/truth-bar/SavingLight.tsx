import { Check, CloudOff, TriangleAlert } from 'lucide-react';
import { useMirror, useScreen } from '../stores/control-context.tsx';
import { classNames } from '../ui/class-names.ts';
import styles from './SavingLight.module.css';
import { useOfflineSince } from './use-offline-since.ts';
import { savingWords, type SavingWords } from './saving-words.ts';

/** Whether everything on the screen is on the disk. Says it aloud only when it is not. */
export function SavingLight() {
  const saving = useMirror((mirror) => mirror.saving);
  const team = useMirror((mirror) => mirror.team);
  const inFlight = useScreen((screen) => screen.inFlight);
  const { tone, words } = savingWords(saving, inFlight, team, useOfflineSince(team));
  return (
    <p
      role={tone === 'failing' ? 'alert' : undefined}
      data-saving={tone}
      title={words}
      className={classNames(styles.saving, styles[tone])}
    >
      <Shape tone={tone} />
      <span className={styles.words}>{words}</span>
    </p>
  );
}

function Shape({ tone }: Pick<SavingWords, 'tone'>) {
  switch (tone) {
    case 'saved':
      return <Check size={14} />;
    case 'unsaved':
      return <span className={styles.dot} />;
    case 'offline':
      return <CloudOff size={14} />;
    case 'failing':
      return <TriangleAlert size={14} />;
  }
}
