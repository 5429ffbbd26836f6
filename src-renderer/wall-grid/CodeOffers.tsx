import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StreamView, TileView } from '#shared/document/view.ts';
import { Chip } from '../ui/Chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { Keys } from '../ui/Keys.tsx';
import { shortLink, streamName, streamPlace } from '../words/stream-words.ts';
import styles from './CodePrompt.module.css';
import { messages } from './messages.ts';

const words = messages.code;

type OptionProps = {
  readonly id: string;
  readonly chosen: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
};

/** A stream that was meant, perhaps. */
export function StreamOffer(
  props: OptionProps & {
    readonly stream: StreamView;
    /** The tile that shows it already. */
    readonly tile: TileView | undefined;
  },
) {
  const { stream, tile, ...option } = props;
  return (
    <Option {...option}>
      <Chip tone={tile === undefined ? 'plain' : 'placed'}>{stream.code}</Chip>
      <span className={styles.name}>{streamName(stream)}</span>
      <span className={styles.more}>{whereWords(stream, tile)}</span>
    </Option>
  );
}

/** A link that is no stream yet. */
export function AddOffer({ link, ...option }: OptionProps & { readonly link: string }) {
  return (
    <Option {...option}>
      <Plus size={16} className={styles.plus} />
      <span className={styles.name}>{words.add}</span>
      <span className={styles.more}>{shortLink(link)}</span>
    </Option>
  );
}

function Option({ id, chosen, onPoint, onChoose, children }: OptionProps & { readonly children: ReactNode }) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={chosen}
      className={classNames(styles.offer, chosen && styles.chosen)}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      {children}
      {chosen && <Keys keys="↵" />}
    </li>
  );
}

function whereWords(stream: StreamView, tile: TileView | undefined): string {
  if (tile === undefined) return streamPlace(stream);
  return tile.place === null ? words.onBench : words.onWall;
}
