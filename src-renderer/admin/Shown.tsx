import type { ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import styles from './Admin.module.css';
import { messages } from './messages.ts';
import type { Asked } from './use-asked.ts';

/**
 * What was asked for, once it is there; until then, or instead of it, why not. What was there stays while the server does not
 * answer, with a word about that: who fills in a form below loses nothing.
 */
export function Shown<T>({
  asked,
  children,
}: {
  readonly asked: Asked<T>;
  readonly children: (value: T) => ReactNode;
}) {
  const { value, problem, reload } = asked;
  const isThere = value !== undefined;
  return (
    <>
      {problem !== undefined && (
        <div className={styles.problem} role="alert">
          <p>{isThere ? messages.notCurrent(problem) : problem}</p>
          <Button onClick={reload}>{messages.again}</Button>
        </div>
      )}
      {problem === undefined && !isThere && <p className={styles.quiet}>{messages.loading}</p>}
      {isThere && children(value)}
    </>
  );
}
