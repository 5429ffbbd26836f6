import styles from './LineChart.module.css';
import { messages } from './messages.ts';

const [WIDTH, HEIGHT] = [320, 80];

/**
 * A quantity over time, the newest on the right, from zero up; bars for what is counted, a line for what is measured. Those
 * who do not see it are told what it is now and was at most.
 */
export function LineChart(props: {
  readonly name: string;
  readonly values: readonly number[];
  readonly kind?: 'line' | 'bars';
  /** Marks what should be nothing. */
  readonly isTrouble?: boolean;
}) {
  const { name, values, kind = 'line', isTrouble = false } = props;
  const most = Math.max(0, ...values);
  const last = values.at(-1) ?? 0;
  const step = WIDTH / Math.max(1, kind === 'bars' ? values.length : values.length - 1);
  const top = (value: number): number => HEIGHT - (value / Math.max(most, 1)) * (HEIGHT - 4);
  return (
    <figure className={styles.chart} data-trouble={(isTrouble && most > 0) || undefined}>
      <figcaption className={styles.name}>
        {name} <b>{last.toLocaleString()}</b>
        <span>{messages.overview.most(most.toLocaleString())}</span>
      </figcaption>
      <svg
        role="img"
        aria-label={messages.overview.chart(name, last.toLocaleString(), most.toLocaleString())}
        viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
        preserveAspectRatio="none"
        className={styles.picture}
      >
        {kind === 'bars' ? (
          values.map((value, index) => (
            <rect
              key={index}
              x={index * step + 1}
              y={top(value)}
              width={Math.max(1, step - 2)}
              height={HEIGHT - top(value)}
              className={styles.bar}
            />
          ))
        ) : (
          <polyline
            points={values.map((value, index) => `${String(index * step)},${String(top(value))}`).join(' ')}
            className={styles.line}
          />
        )}
      </svg>
    </figure>
  );
}
