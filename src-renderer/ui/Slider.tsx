import { Slider as Primitive } from 'radix-ui';
import { classNames } from './class-names.ts';
import styles from './Slider.module.css';

type SliderProps = {
  readonly label: string;
  /** In words, for screen readers: "80 %". */
  readonly valueWords: string;
  /** 0 to 1. */
  readonly value: number;
  readonly heard?: boolean;
  /** While it moves. */
  readonly onMove: (value: number) => void;
  /** When it is let go, and after each key. */
  readonly onSettle: (value: number) => void;
};

/** A level from nothing to full. */
export function Slider({ label, valueWords, value, heard = false, onMove, onSettle }: SliderProps) {
  const percent = Math.round(value * 100);
  return (
    <Primitive.Root
      className={classNames(styles.slider, heard && styles.heard)}
      value={[percent]}
      max={100}
      step={1}
      onValueChange={([next = percent]) => onMove(next / 100)}
      onValueCommit={([next = percent]) => onSettle(next / 100)}
    >
      <Primitive.Track className={styles.track}>
        <Primitive.Range className={styles.range} />
      </Primitive.Track>
      <Primitive.Thumb className={styles.thumb} aria-label={label} aria-valuetext={valueWords} />
    </Primitive.Root>
  );
}
