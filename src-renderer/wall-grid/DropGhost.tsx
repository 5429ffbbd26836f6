import type { StreamId } from '#shared/model/ids.ts';
import type { CellRect } from '#shared/model/tile.ts';
import { useMirror } from '../stores/control-context.tsx';
import { classNames } from '../ui/class-names.ts';
import { streamName } from '../words/stream-words.ts';
import type { Drop } from './drop.ts';
import styles from './DropGhost.module.css';
import { stageShares } from './stage-geometry.ts';

/** Where what is in the hand would come to stand. `underway`: it was let go there, and the wall is about to say so. */
export function DropGhost({ drop, underway = false }: { readonly drop: Drop; readonly underway?: boolean }) {
  switch (drop.kind) {
    case 'place-stream':
      return <Ghost at={drop.at} underway={underway} stream={drop.stream} />;
    case 'put-stream':
      return <Ghost at={drop.at} underway={underway} stream={drop.stream} />;
    case 'place-tile':
      return underway ? null : <Ghost at={drop.at} />;
    case 'swap':
      return underway ? null : (
        <>
          <Ghost at={drop.at} />
          {drop.back !== null && <Ghost at={drop.back} faint />}
        </>
      );
    case 'bench':
    case 'nothing':
      return null;
  }
}

function Ghost(props: {
  readonly at: CellRect;
  readonly underway?: boolean;
  readonly faint?: boolean;
  readonly stream?: StreamId;
}) {
  const { at, underway = false, faint = false, stream: id } = props;
  const grid = useMirror((mirror) => mirror.wall.grid);
  const stream = useMirror((mirror) => (id === undefined ? undefined : mirror.streams.get(id)));
  return (
    <div className={styles.area}>
      <div
        className={classNames(styles.ghost, faint && styles.faint, underway && styles.underway)}
        style={stageShares(at, grid)}
      >
        {underway && stream !== undefined && (
          <>
            <span className={styles.code}>{stream.code}</span>
            <span className={styles.name}>{streamName(stream)}</span>
          </>
        )}
      </div>
    </div>
  );
}
