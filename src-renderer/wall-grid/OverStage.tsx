import type { ReactNode } from 'react';
import styles from './OverStage.module.css';

/** Over the stage: the wall as it was or could be, and below it what can be done about that. */
export function OverStage(props: {
  readonly label: string;
  readonly picture: ReactNode;
  readonly onLeave: () => void;
  /** Buttons. */
  readonly children: ReactNode;
}) {
  const { label, picture, onLeave, children } = props;
  return (
    <div
      className={styles.over}
      role="group"
      aria-label={label}
      onKeyDown={(event) => event.key === 'Escape' && onLeave()}
    >
      {picture}
      <div className={styles.bar}>
        <p>{label}</p>
        {children}
      </div>
    </div>
  );
}
