import type { TileId } from '#shared/model/ids.ts';
import { useMirror, useScreen } from '../stores/control-context.tsx';
import type { ControlMirror } from '../stores/control-mirror.ts';
import type { Drag } from '../stores/screen-store.ts';
import { Chip } from '../ui/Chip.tsx';
import { streamName } from '../words/stream-words.ts';
import type { DragSubject, Drop } from './drop.ts';
import styles from './DragLayer.module.css';
import { messages } from './messages.ts';
import { codeOfTile, tileById } from './wall-lookup.ts';

/** What is in the hand, beside the pointer, with what letting go here would do. */
export function DragLayer() {
  const drag = useScreen((screen) => screen.drag);
  return drag === null ? null : <InHand drag={drag} />;
}

function InHand({ drag }: { readonly drag: Drag }) {
  const streams = useMirror((mirror) => mirror.streams);
  const wall = useMirror((mirror) => mirror.wall);
  const words = dropWords(drag.drop, { streams, wall });
  const inHand = streamInHand(drag.subject, wall);
  const stream = inHand === undefined ? undefined : streams.get(inHand);
  if (drag.subject.kind === 'edge' && words === null) return null;
  return (
    <div
      className={styles.layer}
      style={{ transform: `translate(${drag.pointer.x}px, ${drag.pointer.y}px)` }}
      aria-hidden="true"
    >
      <div className={styles.hand}>
        {drag.subject.kind !== 'edge' && stream !== undefined && (
          <>
            <Chip tone="placed">{stream.code}</Chip>
            <span className={styles.name}>{streamName(stream)}</span>
          </>
        )}
        {words !== null && <span className={styles.words}>{words}</span>}
      </div>
    </div>
  );
}

type Known = Pick<ControlMirror, 'streams' | 'wall'>;

function streamInHand(subject: DragSubject, wall: Known['wall']) {
  return subject.kind === 'stream' ? subject.stream : tileById(wall, subject.tile)?.stream;
}

function dropWords(drop: Drop, { streams, wall }: Known): string | null {
  const codeOf = (tile: TileId) => codeOfTile(wall, streams, tile);
  const words = messages.dropWords;
  switch (drop.kind) {
    case 'nothing':
      return null;
    case 'place-stream':
      return words.place;
    case 'put-stream':
      return words.put(codeOf(drop.tile));
    case 'swap':
      return words.swap(codeOf(drop.with));
    case 'bench':
      return words.bench;
    case 'place-tile':
      return drop.displaced.length > 0 ? words.displace(drop.displaced.length) : words.move;
  }
}
