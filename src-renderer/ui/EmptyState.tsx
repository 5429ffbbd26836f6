import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

type EmptyStateProps = {
  readonly title: string;
  readonly words: string;
  readonly children?: ReactNode;
};

/** What stands where nothing is yet: what belongs here, and how it comes here. */
export function EmptyState({ title, words, children }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      <p className={styles.words}>{words}</p>
      {children}
    </div>
  );
}
