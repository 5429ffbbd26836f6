import styles from './Keys.module.css';

/** Keys to press, each as a cap: `Ctrl+Shift+Z`, or several in turn: `Alt+1 … 0`. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <kbd className={styles.keys}>
      {keys.split('+').map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </kbd>
  );
}
