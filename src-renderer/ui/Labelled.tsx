import type { ReactNode } from 'react';
import styles from './Labelled.module.css';

/** A control with its name above it, and what is to be known below. The name is for the eye: the control has its own. */
export function Labelled(props: {
  readonly words: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.labelled}>
      <span className={styles.words} aria-hidden="true">
        {props.words}
      </span>
      {props.children}
      {props.hint !== undefined && <span className={styles.hint}>{props.hint}</span>}
    </div>
  );
}
