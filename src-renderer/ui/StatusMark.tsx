import { classNames } from './class-names.ts';
import styles from './StatusMark.module.css';

/** How a stream or a tile is doing. Each has a shape as well as a colour. */
export type StatusTone =
  'live' | 'playing' | 'busy' | 'recovering' | 'failed' | 'offline' | 'unknown' | 'upcoming';

/** A small shape before the words that say the same; hidden from screen readers, which get the words. */
export function StatusMark({ tone }: { readonly tone: StatusTone }) {
  return <span aria-hidden="true" className={classNames(styles.mark, styles[tone])} />;
}
