import styles from './Meter.module.css';

/** A small bar for a share of a whole, 0 to 1; `words` say it to those who do not see it. */
export function Meter({ value, words }: { readonly value: number; readonly words: string }) {
  return (
    <span
      role="meter"
      aria-label={words}
      aria-valuenow={Math.round(value * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      className={styles.meter}
    >
      <span className={styles.fill} style={{ inlineSize: `${value * 100}%` }} />
    </span>
  );
}
