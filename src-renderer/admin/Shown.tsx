import type { ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import styles from './Admin.module.css';
import { messages } from './messages.ts';
import type { Asked } from './use-asked.ts';

/** What was asked for, once it is there; until then, or instead of it, why not. */
export function Shown<T>({
  asked,
  children,
}: {
  readonly asked: Asked<T>;
  readonly children: (value: T) => ReactNode;
}) {
  const { value, problem, reload } = asked;
  if (value !== undefined) return children(value);
  if (problem === undefined) return <p className={styles.quiet}>{messages.loading}</p>;
  return (
    <div className={styles.problem} role="alert">
      <p>{problem}</p>
      <Button onClick={reload}>{messages.again}</Button>
    </div>
  );
}
