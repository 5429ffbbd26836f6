import type { ComponentPropsWithRef } from 'react';
import styles from './TextArea.module.css';

type TextAreaProps = Omit<ComponentPropsWithRef<'textarea'>, 'className'> & {
  /** Its name for screen readers; the placeholder shows it to everybody else. */
  readonly label: string;
  readonly mono?: boolean;
};

/** Many lines of text. */
export function TextArea({ label, mono = false, ...rest }: TextAreaProps) {
  return (
    <textarea
      spellCheck={false}
      {...rest}
      className={mono ? `${styles.area ?? ''} ${styles.mono ?? ''}` : styles.area}
      aria-label={label}
    />
  );
}
