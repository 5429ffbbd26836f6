import { useId, type ComponentPropsWithRef, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './TextField.module.css';

type TextFieldProps = Omit<ComponentPropsWithRef<'input'>, 'id'> & {
  /** Its name for screen readers; the placeholder shows it to everybody else. */
  readonly label: string;
  readonly icon?: ReactNode;
  /** Stands at the end of the field: a button, keys, a number. */
  readonly trailing?: ReactNode;
  /** What is wrong with what was typed, as a whole sentence. */
  readonly complaint?: ReactNode;
  readonly mono?: boolean;
};

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { label, icon, trailing, complaint, mono = false, className, ...rest } = props;
  const complaintId = useId();
  const wrong = Boolean(complaint);
  return (
    <div className={classNames(styles.field, className)}>
      <div className={classNames(styles.line, wrong && styles.wrong)}>
        {icon !== undefined && <span className={styles.icon}>{icon}</span>}
        <input
          autoComplete="off"
          spellCheck={false}
          {...rest}
          className={classNames(styles.input, mono && styles.mono)}
          aria-label={label}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? complaintId : undefined}
        />
        {trailing}
      </div>
      <div id={complaintId} role="alert" className={styles.complaint}>
        {complaint}
      </div>
    </div>
  );
}
