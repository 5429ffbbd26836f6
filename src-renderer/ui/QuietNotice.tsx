import { Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { IconButton } from './IconButton.tsx';
import styles from './QuietNotice.module.css';

type QuietNoticeProps = {
  readonly tone: 'info' | 'warning';
  readonly words: string;
  readonly dismissWords: string;
  readonly onDismiss: () => void;
  /** Floats over the screen; otherwise it is a line of it. */
  readonly floating?: boolean;
  /** What can be done about it. */
  readonly action?: ReactNode;
};

/** A sentence that somebody should read, and that stands in nobody's way. */
export function QuietNotice(props: QuietNoticeProps) {
  const { tone, words, dismissWords, onDismiss, floating = false, action } = props;
  return (
    <div className={classNames(styles.notice, styles[tone], floating && styles.floating)}>
      <span className={styles.mark}>
        {tone === 'warning' ? <TriangleAlert size={16} /> : <Info size={16} />}
      </span>
      <p className={styles.words}>{words}</p>
      {action}
      <IconButton small label={dismissWords} icon={<X size={14} />} onClick={onDismiss} />
    </div>
  );
}
