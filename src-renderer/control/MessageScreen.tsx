import type { ReactNode } from 'react';
import { EmptyState } from '../ui/EmptyState.tsx';
import styles from './MessageScreen.module.css';

/** A whole window with one thing to say. */
export function MessageScreen(props: {
  readonly title: string;
  readonly words: string;
  readonly children?: ReactNode;
}) {
  return (
    <main className={styles.screen}>
      <EmptyState title={props.title} words={props.words}>
        {props.children}
      </EmptyState>
    </main>
  );
}
