import { memo, type KeyboardEvent } from 'react';
import type { TileView } from '#shared/document/view.ts';
import { useActions, useMirror, useScreen } from '../stores/control-context.tsx';
import { Chip } from '../ui/Chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { visuallyHidden } from '../ui/visually-hidden.ts';
import { streamName } from '../words/stream-words.ts';
import styles from './BenchTray.module.css';
import { messages } from './messages.ts';
import { TileMenu } from './TileMenu.tsx';
import { useWallDrag } from './use-wall-drag.ts';
import { openMenuOf } from './open-menu.ts';

/** Tiles that have no place on the wall now. Nothing leaves the bench by itself. */
export function BenchTray() {
  const bench = useMirror((mirror) => mirror.wall.bench);
  const offered = useScreen((screen) => screen.drag?.drop.kind === 'bench');
  return (
    <section
      className={classNames(styles.tray, offered && styles.offered)}
      aria-label={messages.benchLabel(bench.length)}
      data-drop="bench"
    >
      <h2 className={styles.title}>{messages.benchTitle}</h2>
      {bench.length === 0 ? (
        <p className={styles.empty}>{messages.benchEmpty}</p>
      ) : (
        <ul className={styles.tiles}>
          {bench.map((tile) => (
            <BenchTile key={tile.id} tile={tile} />
          ))}
        </ul>
      )}
    </section>
  );
}

const BenchTile = memo(function BenchTile({ tile }: { readonly tile: TileView }) {
  const stream = useMirror((mirror) => mirror.streams.get(tile.stream));
  const { wall } = useActions();
  const bind = useWallDrag(() => ({ kind: 'tile', tile: tile.id, grab: { x: 0, y: 0 } }));
  const code = stream?.code ?? messages.missingCode;
  const name = stream === undefined ? messages.missing : streamName(stream);
  const unbench = () => void wall({ type: 'place-tile', tile: tile.id });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      void wall({ type: 'remove-tile', tile: tile.id }, messages.removed(code));
    } else if (event.key === ' ') {
      event.preventDefault();
      openMenuOf(event.currentTarget);
    }
  };
  return (
    <TileMenu tile={tile} stream={stream}>
      <li data-tile={tile.id} data-code={code} data-bench="" data-blurred={tile.blurred || undefined}>
        <button {...bind()} type="button" className={styles.tile} onClick={unbench} onKeyDown={onKeyDown}>
          <Chip tone={tile.blurred ? 'hidden' : 'placed'}>{code}</Chip>
          <span className={styles.name}>{name}</span>
          <span className={visuallyHidden}>{messages.unbench}</span>
        </button>
      </li>
    </TileMenu>
  );
});
