import type { ReactNode } from 'react';
import styles from './Chip.module.css';
import { classNames } from './class-names.ts';

type ChipProps = {
  /** `placed` is on the wall, `heard` is what the room hears, `hidden` is blurred. */
  readonly tone?: 'plain' | 'placed' | 'heard' | 'hidden';
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** A stream's code: the word that one types for it. */
export function Chip({ tone = 'plain', className, children }: ChipProps) {
  return <span className={classNames(styles.chip, styles[tone], className)}>{children}</span>;
}
