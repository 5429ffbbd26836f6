import styles from './Select.module.css';

type SelectProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Readonly<{ value: T; words: string }>[];
  readonly onChange: (value: T) => void;
};

/** One of a few. The system's own list, which every device shows as its people know it. */
export function Select<T extends string>({ label, value, options, onChange }: SelectProps<T>) {
  return (
    <select
      className={styles.select}
      aria-label={label}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.words}
        </option>
      ))}
    </select>
  );
}
