import type { ComponentPropsWithRef, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './IconButton.module.css';
import { Tooltip } from './Tooltip.tsx';

type IconButtonProps = Omit<ComponentPropsWithRef<'button'>, 'children'> & {
  /** What it does, in words: its name for screen readers and its tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  /** The keys that do the same, as shown: `Ctrl+Z`. */
  readonly keys?: string | undefined;
  /** For a switch: what it stands for while it is on, which also colours it. */
  readonly on?: 'heard' | 'hidden' | 'plain' | false | undefined;
  readonly small?: boolean;
};

/** A button with a picture on it; its words are in the tooltip. */
export function IconButton({ label, icon, keys, on, small = false, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip words={label} keys={keys}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={on === undefined ? undefined : on !== false}
        className={classNames(styles.button, small && styles.small, on && styles[on], className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
