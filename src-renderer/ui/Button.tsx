import type { ComponentPropsWithRef, ReactNode } from 'react';
import styles from './Button.module.css';
import { classNames } from './class-names.ts';

type ButtonProps = ComponentPropsWithRef<'button'> & {
  /** `loud` is for the one thing to do on a surface, `danger` for what stops or hides. */
  readonly tone?: 'plain' | 'loud' | 'quiet' | 'hidden';
  readonly icon?: ReactNode;
};

/** A button with words on it. */
export function Button({ tone = 'plain', icon, className, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} className={classNames(styles.button, styles[tone], className)}>
      {icon}
      <span className={styles.words}>{children}</span>
    </button>
  );
}
