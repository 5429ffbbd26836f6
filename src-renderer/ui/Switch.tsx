import { Switch as Primitive } from 'radix-ui';
import styles from './Switch.module.css';

/** On or off, with its words beside it. */
export function Switch(props: {
  readonly words: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <label className={styles.line}>
      <Primitive.Root className={styles.root} checked={props.on} onCheckedChange={props.onChange}>
        <Primitive.Thumb className={styles.thumb} />
      </Primitive.Root>
      {props.words}
    </label>
  );
}
